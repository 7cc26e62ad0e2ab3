import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import mingchuang.cases.rules.closing
import mingchuang.ledger.models
import mingchuang.people.fields
import mingchuang.reviews.models.ratings
import mingchuang.reviews.models.thanks
import mingchuang.reviews.rules.gifts
import mingchuang.reviews.rules.inspections
import mingchuang.reviews.rules.life
import mingchuang.reviews.rules.thanks


class Migration(migrations.Migration):
    # Houses made before these were made one migration have had them all.
    replaces = [
        ("reviews", "0001_initial"),
        ("reviews", "0002_reviews"),
        ("reviews", "0003_whose_and_how"),
        ("reviews", "0004_ratings_whole"),
        ("reviews", "0005_due_and_watched"),
        ("reviews", "0006_inspections"),
        ("reviews", "0007_thanks"),
    ]
    initial = True

    dependencies = [
        ("cases", "0001_squashed"),
        ("hall", "0001_squashed"),
        ("ledger", "0001_initial"),
        ("people", "0001_squashed"),
        ("people", "__first__"),
        ("visits", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checklist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="reviews_checklist_has_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retired_at", None),
                            ("retired_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="reviews_checklist_retired_after_it_was_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "chapter",
                    models.CharField(
                        choices=[
                            ("appearance", "仪容仪表"),
                            ("badge", "亮牌上岗"),
                            ("greeting", "起身相迎"),
                            ("words", "服务用语"),
                            ("conduct", "言行举止"),
                            ("order", "大厅秩序"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["code", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="reviews_clause_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("code",),
                        name="reviews_clause_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "chapter__in",
                                ["appearance", "badge", "greeting", "words", "conduct", "order"],
                            )
                        ),
                        name="reviews_clause_chapter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="reviews_clause_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="reviews_clause_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.BinaryField(default=mingchuang.ledger.models.new_salt, max_length=16),
                ),
                (
                    "handle",
                    models.CharField(
                        default=mingchuang.reviews.models.ratings.new_handle,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=mingchuang.reviews.models.thanks.new_code,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("banner", "锦旗"), ("letter", "感谢信"), ("words", "感谢的话")],
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("staff", "工作人员登记"),
                            ("public", "本人在网上写的"),
                            ("book", "旧登记簿导入"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待审核"),
                            ("kept", "已登记"),
                            ("declined", "没有登记"),
                            ("withdrawn", "已撤销"),
                        ],
                        max_length=10,
                    ),
                ),
                ("giver", mingchuang.people.fields.EncryptedTextField(blank=True)),
                (
                    "shown_as",
                    models.CharField(
                        choices=[
                            ("hidden", "不写姓名"),
                            ("masked", "遮住一部分，例如 张*明"),
                            ("full", "写全名"),
                        ],
                        default=mingchuang.reviews.rules.thanks.Shown["MASKED"],
                        max_length=10,
                    ),
                ),
                ("whom", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("words", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("given_on", models.DateField()),
                ("hangs", models.CharField(blank=True, max_length=80)),
                ("shown", models.TextField(blank=True)),
                ("on_wall", models.BooleanField(default=False)),
                ("photos_shown", models.BooleanField(default=False)),
                ("corrected_because", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("row_index", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thanked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="others",
                        to="reviews.commendation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thanked",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-given_on", "-pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["on_wall", "-given_on", "-id"], name="reviews_thanks_on_wall"
                    ),
                    models.Index(fields=["unit", "given_on"], name="reviews_thanks_of_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="reviews_commendation_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["banner", "letter", "words"])),
                        name="reviews_commendation_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "kept", "declined", "withdrawn"])
                        ),
                        name="reviews_commendation_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_as__in", ["hidden", "masked", "full"])),
                        name="reviews_commendation_shown_as",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_by__isnull", True), ("source", "public")),
                            models.Q(
                                ("entered_by__isnull", False), ("source__in", ["staff", "book"])
                            ),
                            _connector="OR",
                        ),
                        name="reviews_commendation_entered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_wall", False),
                            models.Q(("state", "kept"), ("same_as__isnull", True)),
                            _connector="OR",
                        ),
                        name="reviews_commendation_hangs_only_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("same_as__isnull", True),
                            models.Q(("same_as", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="reviews_commendation_not_joined_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("salt"), 0
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("corrected_because", ""),
                                ("giver", ""),
                                ("whom", ""),
                                ("words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_commendation_emptied_says_nothing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("row_index", ""), _negated=True),
                        fields=("row_index",),
                        name="reviews_commendation_row_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.BinaryField(default=mingchuang.ledger.models.new_salt, max_length=16),
                ),
                (
                    "handle",
                    models.CharField(
                        default=mingchuang.reviews.models.ratings.new_handle,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("kept", "已登记"), ("withdrawn", "已撤销")],
                        default=mingchuang.reviews.rules.gifts.State["KEPT"],
                        max_length=10,
                    ),
                ),
                ("what", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("giver", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("offered_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("refused", "当场谢绝"),
                            ("returned", "退还本人"),
                            ("handed_in", "退不掉，上交登记"),
                        ],
                        max_length=10,
                    ),
                ),
                ("to_whom", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("settled_on", models.DateField()),
                ("sentence", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts_refused",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts_refused",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-offered_on", "-pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["unit", "offered_on"], name="reviews_gift_of_unit")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="reviews_gift_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["kept", "withdrawn"])),
                        name="reviews_gift_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["refused", "returned", "handed_in"])),
                        name="reviews_gift_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled_on__gte", models.F("offered_on"))),
                        name="reviews_gift_settled_after_it_was_offered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            models.Q(
                                models.Q(("what", ""), _negated=True),
                                models.Q(("sentence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_gift_says_what_it_was",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            ("outcome", "refused"),
                            models.Q(("to_whom", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reviews_gift_that_went_back_says_to_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.BinaryField(default=mingchuang.ledger.models.new_salt, max_length=16),
                ),
                (
                    "handle",
                    models.CharField(
                        default=mingchuang.reviews.models.ratings.new_handle,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("citizen", "本人评价"),
                            ("window", "窗口扫码，未核对本人"),
                            ("staff", "纸质评价，工作人员录入"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("ticket", "小票二维码"),
                            ("receipt", "回执页"),
                            ("kiosk", "自助机"),
                            ("window", "窗口二维码"),
                            ("paper", "纸质评价表"),
                        ],
                        max_length=10,
                    ),
                ),
                ("nth", models.PositiveSmallIntegerField(default=1)),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (5, "非常满意"),
                            (4, "满意"),
                            (3, "基本满意"),
                            (2, "不满意"),
                            (1, "非常不满意"),
                        ]
                    ),
                ),
                ("tags", models.CharField(blank=True, max_length=40)),
                ("tags_version", models.CharField(blank=True, max_length=8)),
                ("words", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("phone", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("paper", models.CharField(blank=True, max_length=40)),
                ("given_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="cases.submission",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="people.unit",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="visits.visit",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="hall.window",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["origin", "nth", "given_at", "grade"], name="reviews_rating_given"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="reviews_rating_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        fields=("visit", "origin", "nth"), name="reviews_rating_once_a_visit"
                    ),
                    models.UniqueConstraint(
                        fields=("submission", "origin", "nth"), name="reviews_rating_once_a_matter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nth__in", [1, 2])),
                        name="reviews_rating_first_or_follow_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("submission__isnull", True),
                                ("visit__isnull", False),
                                ("window__isnull", False),
                            ),
                            models.Q(
                                ("submission__isnull", False),
                                ("visit__isnull", True),
                                ("window__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_rating_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__range", (1, 5))), name="reviews_rating_grade"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "ticket"), ("origin", "citizen")),
                            models.Q(("channel", "receipt"), ("origin", "citizen")),
                            models.Q(("channel", "kiosk"), ("origin", "citizen")),
                            models.Q(("channel", "window"), ("origin", "window")),
                            models.Q(("channel", "paper"), ("origin", "staff")),
                            _connector="OR",
                        ),
                        name="reviews_rating_came_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("entered_by__isnull", False),
                                ("origin", "staff"),
                                models.Q(("paper", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("origin", "staff"), _negated=True),
                                ("entered_by__isnull", True),
                                ("paper", ""),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_rating_entered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tags", ""),
                            models.Q(
                                models.Q(("tags_version", ""), _negated=True),
                                models.Q(
                                    models.Q(("grade", 1), ("tags__startswith", "1")),
                                    models.Q(("grade", 2), ("tags__startswith", "2")),
                                    models.Q(("grade", 3), ("tags__startswith", "3")),
                                    models.Q(("grade", 4), ("tags__startswith", "4")),
                                    models.Q(("grade", 5), ("tags__startswith", "5")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_rating_tags_fit_the_grade",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WallNaming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "naming",
                    models.CharField(
                        choices=[
                            ("nobody", "只写单位"),
                            ("badge", "写工号"),
                            ("name", "写姓名（本人都同意）"),
                        ],
                        default=mingchuang.reviews.rules.thanks.Naming["NOBODY"],
                        max_length=10,
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wall_naming",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("naming__in", ["nobody", "badge", "name"])),
                        name="reviews_wall_naming",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "method",
                    models.CharField(
                        choices=[("look", "看现场"), ("ask", "问一问"), ("papers", "查资料")],
                        max_length=6,
                    ),
                ),
                ("maximum", models.PositiveSmallIntegerField()),
                ("deduction", models.PositiveSmallIntegerField()),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="reviews.checklist",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looked_at",
                        to="reviews.clause",
                    ),
                ),
            ],
            options={
                "ordering": ["checklist", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("checklist", "number"), name="reviews_checkitem_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("checklist", "clause"), name="reviews_checkitem_clause_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["look", "ask", "papers"])),
                        name="reviews_checkitem_method",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deduction__gte", 1),
                            ("maximum__gte", models.F("deduction")),
                            ("maximum__lte", 1000),
                        ),
                        name="reviews_checkitem_costs_no_more_than_it_is_worth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "manner",
                    models.CharField(choices=[("open", "明查"), ("mystery", "暗访")], max_length=8),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "待检查"),
                            ("finished", "已查完"),
                            ("undone", "已撤销"),
                            ("called_off", "不查了"),
                        ],
                        default=mingchuang.reviews.rules.inspections.State["PLANNED"],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
                ("planned_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("points", models.PositiveIntegerField(null=True)),
                ("whole", models.PositiveIntegerField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "again",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="reviews.inspection",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="reviews.checklist",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspects",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="hall.site",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["site", "finished_at"], name="reviews_inspection_of_site"),
                    models.Index(fields=["unit", "state", "id"], name="reviews_inspection_of_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "finished", "undone", "called_off"])
                        ),
                        name="reviews_inspection_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("manner__in", ["open", "mystery"])),
                        name="reviews_inspection_manner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("manner", "mystery"), _negated=True),
                            models.Q(("inspector", models.F("planned_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reviews_inspection_mystery_is_planned_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        mingchuang.reviews.rules.inspections.State["FINISHED"],
                                        mingchuang.reviews.rules.inspections.State["UNDONE"],
                                    ],
                                ),
                                ("finished_at__isnull", False),
                                ("points__isnull", False),
                                ("whole__isnull", False),
                                ("points__lte", models.F("whole")),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        [
                                            mingchuang.reviews.rules.inspections.State["FINISHED"],
                                            mingchuang.reviews.rules.inspections.State["UNDONE"],
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                ("finished_at", None),
                                ("points", None),
                                ("whole", None),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_inspection_finished_has_points",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at", None),
                            (
                                "state__in",
                                [
                                    mingchuang.reviews.rules.inspections.State["FINISHED"],
                                    mingchuang.reviews.rules.inspections.State["UNDONE"],
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="reviews_inspection_answered_after_it_was_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), ("undone_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "undone"), _negated=True), ("undone_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="reviews_inspection_undone_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.BinaryField(default=mingchuang.ledger.models.new_salt, max_length=16),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("hung", "挂上感谢墙"),
                            ("kept", "只登记，不上墙"),
                            ("turned_down", "不登记"),
                            ("corrected", "更正"),
                            ("taken_down", "从墙上取下"),
                            ("joined", "并到同一件事"),
                            ("parted", "重新分开"),
                            ("revoked", "撤销登记"),
                            ("restored", "恢复"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commendation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story",
                        to="reviews.commendation",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "gift",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story",
                        to="reviews.gift",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="reviews_note_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("commendation__isnull", False), ("gift__isnull", True)),
                            models.Q(("commendation__isnull", True), ("gift__isnull", False)),
                            _connector="OR",
                        ),
                        name="reviews_note_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "deed__in",
                                [
                                    "hung",
                                    "kept",
                                    "turned_down",
                                    "corrected",
                                    "taken_down",
                                    "joined",
                                    "parted",
                                    "revoked",
                                    "restored",
                                ],
                            )
                        ),
                        name="reviews_note_deed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待核实"),
                            ("found", "已核实"),
                            ("contested", "申诉中"),
                            ("rectifying", "整改中"),
                            ("closed", "已办结"),
                        ],
                        default=mingchuang.reviews.rules.life.State["WAITING"],
                        max_length=10,
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("true", "属实"),
                            ("partly", "部分属实"),
                            ("unfounded", "不属实"),
                            ("mistaken", "误评"),
                            ("malicious", "恶意评价"),
                        ],
                        max_length=10,
                    ),
                ),
                ("shown", models.TextField(blank=True)),
                ("reachable", models.BooleanField(default=False)),
                ("was_reached", models.BooleanField(default=False)),
                ("found_at", models.DateTimeField(null=True)),
                ("upheld", models.BooleanField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("watch", models.PositiveSmallIntegerField(default=0)),
                ("told", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rating",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="reviews.rating",
                    ),
                ),
                (
                    "rectification",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="cases.submission",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewed",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["unit", "state", "id"], name="reviews_review_of_unit")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "found", "contested", "rectifying", "closed"])
                        ),
                        name="reviews_review_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "finding__in",
                                ["", "true", "partly", "unfounded", "mistaken", "malicious"],
                            )
                        ),
                        name="reviews_review_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "waiting"),
                                ("finding", ""),
                                ("found_at__isnull", True),
                                ("found_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                models.Q(("finding", ""), _negated=True),
                                ("found_at__isnull", False),
                                ("found_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_found_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("upheld__isnull", True)),
                            models.Q(
                                ("contested_by__isnull", False),
                                ("decided_by__isnull", False),
                                ("upheld__isnull", False),
                                models.Q(("decided_by", models.F("contested_by")), _negated=True),
                                models.Q(("decided_by", models.F("found_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_decided_by_a_third",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "contested"), _negated=True),
                            models.Q(("contested_by__isnull", False), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="reviews_review_contested_waits_for_a_third",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", "malicious"), _negated=True),
                            models.Q(("upheld", True), ("upheld__isnull", False)),
                            _connector="OR",
                        ),
                        name="reviews_review_harm_is_found_by_a_third",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", "mistaken"), _negated=True),
                            ("was_reached", True),
                            models.Q(("upheld", True), ("upheld__isnull", False)),
                            _connector="OR",
                        ),
                        name="reviews_review_a_slip_is_said_by_who_rated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["rectifying", "closed"]),
                            ("due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="reviews_review_open_is_due_some_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "rectifying"), _negated=True),
                            models.Q(
                                ("finding__in", ["partly", "true"]),
                                ("rectification__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_rectifying_has_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state", "closed"),
                                models.Q(("told", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_closed_tells_what_was_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThanksPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=80, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "commendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="reviews.commendation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="reviews_photo_has_a_hash",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.BinaryField(default=mingchuang.ledger.models.new_salt, max_length=16),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("arranged", "安排检查"),
                            ("walked", "查完"),
                            ("entrusted", "交办整改"),
                            ("answered", "单位说明"),
                            ("undone", "撤销"),
                            ("called_off", "不查了"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("holds", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="reviews.inspection",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="reviews_act_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(fields=("inspection", "deed"), name="reviews_act_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "deed__in",
                                [
                                    "arranged",
                                    "walked",
                                    "entrusted",
                                    "answered",
                                    "undone",
                                    "called_off",
                                ],
                            )
                        ),
                        name="reviews_act_deed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("kept", "做到了"), ("broken", "没做到"), ("none", "不适用")],
                        max_length=6,
                    ),
                ),
                ("times", models.PositiveSmallIntegerField(default=0)),
                ("note", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="reviews.inspection",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="reviews.checkitem",
                    ),
                ),
                (
                    "rectification",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspected",
                        to="cases.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["inspection", "item"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "item"), name="reviews_mark_once_a_clause"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["kept", "broken", "none"])),
                        name="reviews_mark_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "broken"), ("times__gte", 1)),
                            models.Q(models.Q(("answer", "broken"), _negated=True), ("times", 0)),
                            _connector="OR",
                        ),
                        name="reviews_mark_broken_so_often",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rectification", None), ("answer", "broken"), _connector="OR"
                        ),
                        name="reviews_mark_only_what_is_broken_is_put_right",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="reviews_mark_has_a_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.BinaryField(default=mingchuang.ledger.models.new_salt, max_length=16),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("phoned", "回访核实"),
                            ("verified", "核实认定"),
                            ("agreed", "认可"),
                            ("appealed", "申诉"),
                            ("settled", "申诉审核"),
                            ("entrusted", "交办整改"),
                            ("concluded", "办结"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", mingchuang.people.fields.EncryptedTextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            (mingchuang.cases.rules.closing.Outcome["REACHED"], "接通，问到了"),
                            (mingchuang.cases.rules.closing.Outcome["NO_ANSWER"], "无人接听"),
                            (mingchuang.cases.rules.closing.Outcome["WRONG_NUMBER"], "号码不对"),
                            (
                                mingchuang.cases.rules.closing.Outcome["WOULD_NOT_SAY"],
                                "接通，不愿评价",
                            ),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("true", "属实"),
                            ("partly", "部分属实"),
                            ("unfounded", "不属实"),
                            ("mistaken", "误评"),
                            ("malicious", "恶意评价"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="reviews_word_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deed", "phoned"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("deed", "phoned"), _negated=True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="reviews_word_call_has_an_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=80, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "mark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shots",
                        to="reviews.mark",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="reviews_shot_has_a_hash",
                    )
                ],
            },
        ),
    ]
