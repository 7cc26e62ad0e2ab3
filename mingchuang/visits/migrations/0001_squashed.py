import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingchuang.people.fields
import mingchuang.visits.rules.assisting
import mingchuang.visits.rules.life
import mingchuang.visits.rules.standby


class Migration(migrations.Migration):
    # Houses made before these were made one migration have had them all.
    replaces = [
        ("visits", "0001_initial"),
        ("visits", "0002_here_and_passed_on"),
        ("visits", "0003_assists"),
        ("visits", "0004_left_open"),
        ("visits", "0005_reminders"),
        ("visits", "0006_standby_and_holidays"),
        ("visits", "0007_forecasts"),
        ("visits", "0008_standby_items"),
    ]
    initial = True

    dependencies = [
        ("hall", "0001_squashed"),
        ("ledger", "0001_initial"),
        ("people", "0001_squashed"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Known",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
                ("heard", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("record", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=2, verbose_name="号码字头")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(default=15, verbose_name="每次约几分钟"),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(default=30, verbose_name="每个时段几分钟"),
                ),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        default=50, verbose_name="留给预约的比例（%）"
                    ),
                ),
                (
                    "days_ahead",
                    models.PositiveSmallIntegerField(default=14, verbose_name="可提前几天预约"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "items",
                    models.ManyToManyField(
                        related_name="lines", to="hall.serviceitem", verbose_name="办理事项"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="hall.site",
                        verbose_name="服务场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "队列",
                "verbose_name_plural": "队列",
                "ordering": ["site", "prefix"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "prefix"), name="visits_line_one_per_prefix"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prefix__regex", "^[A-Z]{1,2}$")),
                        name="visits_line_prefix_is_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="visits_line_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 480)), ("step__range", (5, 480))),
                        name="visits_line_takes_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__lte", 100)), name="visits_line_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days_ahead__lte", 366)),
                        name="visits_line_is_booked_within_a_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "周一"),
                            (1, "周二"),
                            (2, "周三"),
                            (3, "周四"),
                            (4, "周五"),
                            (5, "周六"),
                            (6, "周日"),
                        ],
                        verbose_name="星期",
                    ),
                ),
                ("since", models.TimeField(verbose_name="起")),
                ("until", models.TimeField(verbose_name="止")),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rota",
                        to="hall.window",
                        verbose_name="窗口",
                    ),
                ),
            ],
            options={
                "verbose_name": "排班",
                "verbose_name_plural": "排班",
                "ordering": ["window", "weekday", "since"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("window", "weekday", "since"),
                        name="visits_rota_one_shift_per_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="visits_rota_weekday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("since"))),
                        name="visits_rota_ends_after_it_began",
                        violation_error_message="止的时间要晚于起的时间。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("away_since", models.DateTimeField(null=True)),
                ("shows_name", models.BooleanField(default=False)),
                ("languages", models.CharField(blank=True, max_length=60)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desks",
                        to="hall.window",
                    ),
                ),
            ],
            options={
                "ordering": ["-since"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("window",),
                        name="visits_desk_one_person_at_a_window",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("person",),
                        name="visits_desk_one_window_for_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="visits_desk_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Given",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("prefix", models.CharField(max_length=2)),
                ("last", models.PositiveIntegerField()),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hall.site",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "day", "prefix"), name="visits_given_one_per_prefix_and_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plain", "周一至周五"),
                            ("0", "周一"),
                            ("1", "周二"),
                            ("2", "周三"),
                            ("3", "周四"),
                            ("4", "周五"),
                            ("5", "周六"),
                            ("6", "周日"),
                        ],
                        max_length=8,
                    ),
                ),
                ("share", models.PositiveSmallIntegerField(default=90)),
                ("minutes", models.PositiveSmallIntegerField(default=20)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("made", "made"), ("unmade", "unmade")],
                        max_length=7,
                    ),
                ),
                ("made_at", models.DateTimeField(null=True)),
                ("facts", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="visits.line",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["at"],
                        name="visits_plan_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__range", (1, 99))), name="visits_plan_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (0, 480))), name="visits_plan_minutes"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["made", "unmade", "waiting"])),
                        name="visits_plan_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("made_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="visits_plan_made_when_it_was_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("quota", models.PositiveSmallIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("commitment", models.CharField(max_length=64)),
                ("seed", mingchuang.people.fields.EncryptedTextField()),
                ("drawn_at", models.DateTimeField(null=True)),
                ("beacon", models.CharField(blank=True, max_length=64)),
                ("free", models.JSONField(default=list)),
                (
                    "closing",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="visits.line",
                    ),
                ),
            ],
            options={
                "ordering": ["day", "line"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "day"), name="visits_release_one_per_line_and_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quota__gte", 1)),
                        name="visits_release_gives_out_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("since"))),
                        name="visits_release_closes_after_it_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("commitment__regex", "^[0-9a-f]{64}$"),
                            models.Q(("seed", ""), _negated=True),
                        ),
                        name="visits_release_is_committed_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("beacon", ""), ("drawn_at", None)),
                            models.Q(
                                ("beacon__regex", "^[0-9a-f]{64}$"),
                                ("closing__isnull", False),
                                ("drawn_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="visits_release_drawn_once_closed_by_a_beacon",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("drawn_at", None),
                            ("drawn_at__gte", models.F("until")),
                            _connector="OR",
                        ),
                        name="visits_release_drawn_after_its_window",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("capacity", models.PositiveSmallIntegerField()),
                ("taken", models.PositiveSmallIntegerField(default=0)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="visits.line",
                    ),
                ),
            ],
            options={
                "ordering": ["line", "starts_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("taken__lt", models.F("capacity"))),
                        fields=["line", "day"],
                        name="visits_slot_free",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "starts_at"), name="visits_slot_one_per_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__lte", models.F("capacity"))),
                        name="visits_slot_holds_no_more_than_it_can",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="visits_slot_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("day", models.DateField()),
                ("persons", models.PositiveSmallIntegerField(default=1)),
                ("places", models.PositiveSmallIntegerField(default=1)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("booked", "预约"),
                            ("kiosk", "取号机"),
                            ("counter", "咨询台"),
                            ("phone", "手机取号"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "green",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("elderly", "老年人"),
                            ("disabled", "残疾人"),
                            ("ill", "病患"),
                            ("pregnant", "孕妇"),
                            ("infant", "抱婴者"),
                            ("soldier", "军人、退役军人和军属"),
                            ("rescuer", "消防救援人员"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.visits.rules.life.State["BOOKED"], "已预约"),
                            (mingchuang.visits.rules.life.State["WAITING"], "等候中"),
                            (mingchuang.visits.rules.life.State["CALLED"], "已叫号"),
                            (mingchuang.visits.rules.life.State["SERVING"], "办理中"),
                            (mingchuang.visits.rules.life.State["PARKED"], "稍后再办"),
                            (mingchuang.visits.rules.life.State["SKIPPED"], "已过号"),
                            (mingchuang.visits.rules.life.State["FINISHED"], "已办完"),
                            (mingchuang.visits.rules.life.State["MISSED"], "未到"),
                            (mingchuang.visits.rules.life.State["CANCELLED"], "已取消"),
                        ],
                        max_length=10,
                    ),
                ),
                ("prefix", models.CharField(blank=True, max_length=2)),
                ("number", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("here_at", models.DateTimeField(null=True)),
                ("back_by", models.DateTimeField(null=True)),
                ("stands_since", models.DateTimeField(null=True)),
                ("called_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "for_window",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hall.window",
                    ),
                ),
                ("items", models.ManyToManyField(related_name="visits", to="hall.serviceitem")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="visits.line",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="people.requester",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="hall.site",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="visits.slot",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="hall.window",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("here_at__isnull", False), ("state", "waiting")),
                        fields=["line", "green", "stands_since", "number"],
                        name="visits_visit_waiting",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                ["booked", "called", "parked", "serving", "skipped", "waiting"],
                            )
                        ),
                        fields=["day"],
                        name="visits_visit_left_open",
                    ),
                    models.Index(fields=["site", "day", "state"], name="visits_visit_of_day"),
                    models.Index(fields=["line", "day"], name="visits_visit_of_line"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number__isnull", False)),
                        fields=("site", "day", "prefix", "number"),
                        name="visits_visit_one_per_number",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["called", "serving"])),
                        fields=("window",),
                        name="visits_window_has_one_visit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.visits.rules.life.State["BOOKED"],
                                    mingchuang.visits.rules.life.State["WAITING"],
                                    mingchuang.visits.rules.life.State["CALLED"],
                                    mingchuang.visits.rules.life.State["SERVING"],
                                    mingchuang.visits.rules.life.State["PARKED"],
                                    mingchuang.visits.rules.life.State["SKIPPED"],
                                    mingchuang.visits.rules.life.State["FINISHED"],
                                    mingchuang.visits.rules.life.State["MISSED"],
                                    mingchuang.visits.rules.life.State["CANCELLED"],
                                ],
                            )
                        ),
                        name="visits_visit_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ["called", "parked", "serving", "skipped", "waiting"],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("number__gte", 1),
                                ("stands_since__isnull", False),
                                models.Q(("prefix", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visits_visit_present_has_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["called", "parked", "serving", "skipped"]),
                                _negated=True,
                            ),
                            ("here_at__isnull", False),
                            _connector="OR",
                        ),
                        name="visits_visit_called_is_here",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["called", "serving"]), _negated=True),
                            models.Q(("called_at__isnull", False), ("window__isnull", False)),
                            _connector="OR",
                        ),
                        name="visits_visit_called_has_a_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["cancelled", "finished", "missed"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["cancelled", "finished", "missed"]),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="visits_visit_ended_when_it_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "booked"), _negated=True),
                            ("slot__isnull", False),
                            _connector="OR",
                        ),
                        name="visits_visit_booked_has_a_slot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("persons__range", (1, 20))),
                        name="visits_visit_is_of_some_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", models.F("persons"))),
                        name="visits_visit_takes_a_place_for_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "green__in",
                                [
                                    "",
                                    "elderly",
                                    "disabled",
                                    "ill",
                                    "pregnant",
                                    "infant",
                                    "soldier",
                                    "rescuer",
                                ],
                            )
                        ),
                        name="visits_visit_green_is_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standby",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("day", models.DateField()),
                (
                    "part",
                    models.CharField(
                        choices=[
                            (mingchuang.visits.rules.standby.Part["ANY"], "全天都可以"),
                            (mingchuang.visits.rules.standby.Part["MORNING"], "上午"),
                            (mingchuang.visits.rules.standby.Part["AFTERNOON"], "下午"),
                        ],
                        default="any",
                        max_length=3,
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(default=1)),
                ("places", models.PositiveSmallIntegerField(default=1)),
                (
                    "phone_index",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.visits.rules.standby.StandbyState["WAITING"], "候补中"),
                            (
                                mingchuang.visits.rules.standby.StandbyState["OFFERED"],
                                "有空位，等您确认",
                            ),
                            (mingchuang.visits.rules.standby.StandbyState["TAKEN"], "已约上"),
                            (
                                mingchuang.visits.rules.standby.StandbyState["LAPSED"],
                                "没有按时确认",
                            ),
                            (mingchuang.visits.rules.standby.StandbyState["LEFT"], "已退出候补"),
                            (
                                mingchuang.visits.rules.standby.StandbyState["CLOSED"],
                                "没有等到空位",
                            ),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("held_until", models.DateTimeField(null=True)),
                ("items", models.ManyToManyField(related_name="standbys", to="hall.serviceitem")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standbys",
                        to="visits.line",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standbys",
                        to="people.requester",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held",
                        to="visits.slot",
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standby",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["offered", "waiting"])),
                        fields=["line", "day", "id"],
                        name="visits_standby_of_day",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["offered", "waiting"]),
                            models.Q(("phone_index", ""), _negated=True),
                        ),
                        fields=("line", "day", "phone_index"),
                        name="visits_standby_one_per_phone_line_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.visits.rules.standby.StandbyState["WAITING"],
                                    mingchuang.visits.rules.standby.StandbyState["OFFERED"],
                                    mingchuang.visits.rules.standby.StandbyState["TAKEN"],
                                    mingchuang.visits.rules.standby.StandbyState["LAPSED"],
                                    mingchuang.visits.rules.standby.StandbyState["LEFT"],
                                    mingchuang.visits.rules.standby.StandbyState["CLOSED"],
                                ],
                            )
                        ),
                        name="visits_standby_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                [
                                    mingchuang.visits.rules.standby.Part["ANY"],
                                    mingchuang.visits.rules.standby.Part["MORNING"],
                                    mingchuang.visits.rules.standby.Part["AFTERNOON"],
                                ],
                            )
                        ),
                        name="visits_standby_part_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("persons__range", (1, 20))),
                        name="visits_standby_is_of_some_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", models.F("persons"))),
                        name="visits_standby_asks_a_place_for_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_until__isnull", False),
                                ("slot__isnull", False),
                                ("state", "offered"),
                            ),
                            models.Q(
                                models.Q(("state", "offered"), _negated=True),
                                ("held_until", None),
                                ("slot", None),
                            ),
                            _connector="OR",
                        ),
                        name="visits_standby_offered_holds_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), ("visit__isnull", False)),
                            models.Q(models.Q(("state", "taken"), _negated=True), ("visit", None)),
                            _connector="OR",
                        ),
                        name="visits_standby_taken_became_a_visit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "day"), name="visits_reminder_one_per_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tries__lte", 5)),
                        name="visits_reminder_is_tried_so_often",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("next_at__isnull", True), _connector="OR"
                        ),
                        name="visits_reminder_sent_is_not_tried_again",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("ahead", models.PositiveIntegerField()),
                ("low", models.FloatField()),
                ("middle", models.FloatField()),
                ("high", models.FloatField()),
                ("by", models.CharField(max_length=7)),
                ("les", models.FloatField(null=True)),
                ("known", models.JSONField(default=dict)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forecasts",
                        to="visits.line",
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forecast",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["day", "line"], name="visits_forecast_of_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("high__gte", models.F("middle")),
                            ("low__gte", 0),
                            ("middle__gte", models.F("low")),
                        ),
                        name="visits_forecast_is_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by__in", ["formula", "learner"])),
                        name="visits_forecast_is_somebodys_word",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="hall.window",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["window", "at"], name="visits_call_of_window")],
            },
        ),
        migrations.CreateModel(
            name="Assist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("elderly", "老年人"),
                            ("disabled", "残疾人"),
                            ("ill", "病患"),
                            ("pregnant", "孕妇"),
                            ("infant", "抱婴者"),
                            ("soldier", "军人、退役军人和军属"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "need",
                    models.CharField(
                        choices=[
                            ("whole", "全程陪同"),
                            ("guide", "带路"),
                            ("wheelchair", "轮椅"),
                            ("forms", "代填表格"),
                            ("reading", "读写帮助"),
                            ("sign", "手语"),
                            ("dialect", "方言"),
                            ("language", "外语"),
                            ("carrying", "搬东西"),
                        ],
                        max_length=10,
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(default=1)),
                ("from_place", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("to_place", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("wanted_at", models.DateTimeField()),
                ("day", models.DateField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("online", "网上"),
                            ("booking", "预约时"),
                            ("kiosk", "取号机"),
                            ("phone", "电话"),
                            ("hall", "大厅当面"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.visits.rules.assisting.State["ASKED"], "等人去陪"),
                            (mingchuang.visits.rules.assisting.State["ASSIGNED"], "已派人"),
                            (mingchuang.visits.rules.assisting.State["ACCEPTED"], "有人来陪"),
                            (mingchuang.visits.rules.assisting.State["MET"], "正在陪"),
                            (mingchuang.visits.rules.assisting.State["FINISHED"], "已陪完"),
                            (mingchuang.visits.rules.assisting.State["MISSED"], "没有碰上"),
                            (mingchuang.visits.rules.assisting.State["LAPSED"], "没有人去"),
                            (mingchuang.visits.rules.assisting.State["CANCELLED"], "已取消"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "return_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("busy", "走不开"),
                            ("far", "赶不到"),
                            ("off", "要下班了"),
                            ("skill", "要会这个的人去（如手语、方言）"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("assigned_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("met_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "companion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assists",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assists",
                        to="people.requester",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assists",
                        to="hall.site",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assists",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["wanted_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["accepted", "asked", "assigned", "met"])),
                        fields=["site", "wanted_at"],
                        name="visits_assist_open",
                    ),
                    models.Index(fields=["site", "day"], name="visits_assist_of_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "met")),
                        fields=("companion",),
                        name="visits_companion_is_with_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.visits.rules.assisting.State["ASKED"],
                                    mingchuang.visits.rules.assisting.State["ASSIGNED"],
                                    mingchuang.visits.rules.assisting.State["ACCEPTED"],
                                    mingchuang.visits.rules.assisting.State["MET"],
                                    mingchuang.visits.rules.assisting.State["FINISHED"],
                                    mingchuang.visits.rules.assisting.State["MISSED"],
                                    mingchuang.visits.rules.assisting.State["LAPSED"],
                                    mingchuang.visits.rules.assisting.State["CANCELLED"],
                                ],
                            )
                        ),
                        name="visits_assist_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                [
                                    "elderly",
                                    "disabled",
                                    "ill",
                                    "pregnant",
                                    "infant",
                                    "soldier",
                                    "other",
                                ],
                            )
                        ),
                        name="visits_assist_category_is_no_diagnosis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "need__in",
                                [
                                    "whole",
                                    "guide",
                                    "wheelchair",
                                    "forms",
                                    "reading",
                                    "sign",
                                    "dialect",
                                    "language",
                                    "carrying",
                                ],
                            )
                        ),
                        name="visits_assist_need_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["online", "booking", "kiosk", "phone", "hall"])
                        ),
                        name="visits_assist_origin_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("return_reason__in", ["", "busy", "far", "off", "skill"])
                        ),
                        name="visits_assist_return_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("persons__range", (1, 20))),
                        name="visits_assist_is_of_some_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asked"), _negated=True),
                            models.Q(
                                ("accepted_at", None), ("assigned_at", None), ("companion", None)
                            ),
                            _connector="OR",
                        ),
                        name="visits_assist_waits_for_a_companion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ["accepted", "assigned", "finished", "met", "missed"],
                                ),
                                _negated=True,
                            ),
                            models.Q(("assigned_at__isnull", False), ("companion__isnull", False)),
                            _connector="OR",
                        ),
                        name="visits_assist_has_a_companion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["accepted", "finished", "met", "missed"]),
                                _negated=True,
                            ),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="visits_assist_companion_has_promised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["finished", "met"]), ("met_at__isnull", False)),
                            models.Q(
                                models.Q(("state__in", ["finished", "met"]), _negated=True),
                                ("met_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="visits_assist_finished_when_they_had_met",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["cancelled", "finished", "lapsed", "missed"]),
                                ("ended_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["cancelled", "finished", "lapsed", "missed"]),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="visits_assist_ended_when_it_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("assigned_at", None),
                                ("assigned_at__gte", models.F("at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("accepted_at", None),
                                ("accepted_at__gte", models.F("assigned_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("met_at", None),
                                ("met_at__gte", models.F("accepted_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_at", None),
                                ("ended_at__gte", models.F("at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_at", None),
                                ("met_at", None),
                                ("ended_at__gte", models.F("met_at")),
                                _connector="OR",
                            ),
                        ),
                        name="visits_assist_happens_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("mark", models.CharField(max_length=64, unique=True)),
                (
                    "phone_index",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            (mingchuang.visits.rules.standby.Part["ANY"], "全天都可以"),
                            (mingchuang.visits.rules.standby.Part["MORNING"], "上午"),
                            (mingchuang.visits.rules.standby.Part["AFTERNOON"], "下午"),
                        ],
                        default="any",
                        max_length=3,
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("rank", models.PositiveIntegerField(null=True)),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ups",
                        to="visits.release",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ups",
                        to="people.requester",
                    ),
                ),
                (
                    "standby",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_up",
                        to="visits.standby",
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_up",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["mark"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), models.Q(("phone_index", ""), _negated=True)
                        ),
                        fields=("release", "phone_index"),
                        name="visits_signup_one_per_phone_and_release",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("rank__isnull", False)),
                        fields=("release", "rank"),
                        name="visits_signup_one_per_rank",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mark__regex", "^[0-9a-f]{64}$")),
                        name="visits_signup_mark_is_a_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                [
                                    mingchuang.visits.rules.standby.Part["ANY"],
                                    mingchuang.visits.rules.standby.Part["MORNING"],
                                    mingchuang.visits.rules.standby.Part["AFTERNOON"],
                                ],
                            )
                        ),
                        name="visits_signup_part_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("persons__range", (1, 20))),
                        name="visits_signup_is_of_some_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rank", None), ("standby", None), ("visit", None)),
                            models.Q(
                                ("rank__gte", 1),
                                ("withdrawn_at", None),
                                models.Q(
                                    models.Q(("standby", None), ("visit__isnull", False)),
                                    models.Q(("standby__isnull", False), ("visit", None)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="visits_signup_drawn_has_a_place_or_stands_by",
                    ),
                ],
            },
        ),
    ]
