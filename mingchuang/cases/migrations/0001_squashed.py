from typing import Any

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import mingchuang.cases.models.keeping
import mingchuang.cases.rules.batches.life
import mingchuang.cases.rules.closing
import mingchuang.cases.rules.figures
import mingchuang.cases.rules.found
import mingchuang.cases.rules.life
import mingchuang.cases.rules.lost
import mingchuang.cases.rules.many
import mingchuang.cases.rules.watch
import mingchuang.ledger.models
import mingchuang.people.fields
from mingchuang.base.search.index import Index
from mingchuang.cases.rules.found import Care, Kind, storage_of
from mingchuang.cases.rules.keeping import CATEGORIES

FOUND = (
    Index("cases_case_found"),
    Index("cases_answer_found"),
    Index("cases_article_found"),
)


def lay_out_the_table(apps: Any, *_: object) -> None:
    """One line for each category, without a number: what is kept today is kept for good."""
    retention = apps.get_model("cases", "Retention")
    retention.objects.bulk_create(retention(category=name) for name in CATEGORIES)


def store_for_a_while(apps: Any, *_: object) -> None:
    """How long each kind of found thing is kept, and what becomes of it then."""
    time = apps.get_model("cases", "StorageTime")
    usual = ((kind, *storage_of(kind, Care.ORDINARY)) for kind in Kind)
    time.objects.bulk_create(time(kind=kind, hours=hours, fate=fate) for kind, hours, fate in usual)


class Migration(migrations.Migration):
    # Houses made before these were made one migration have had them all.
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_once_and_referred"),
        ("cases", "0003_published_text"),
        ("cases", "0004_danger_and_dropped"),
        ("cases", "0005_finding"),
        ("cases", "0006_keeping"),
        ("cases", "0007_many"),
        ("cases", "0008_figures"),
        ("cases", "0009_alike"),
        ("cases", "0010_figures_of_old"),
        ("cases", "0011_who_reads"),
        ("cases", "0012_ended_at"),
        ("cases", "0013_handled_by"),
        ("cases", "0014_units_findable"),
        ("cases", "0015_confidential_by_state"),
        ("cases", "0016_visitors_kept"),
        ("cases", "0017_council_kept"),
        ("cases", "0018_what_is_put_right"),
        ("cases", "0019_found"),
        ("cases", "0020_batches"),
        ("cases", "0021_raters_kept"),
        ("cases", "0022_inspections_kept"),
        ("cases", "0023_thanks_kept"),
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
            name="CommonWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texts", models.PositiveIntegerField()),
                ("seen", models.JSONField()),
                ("counted_at", models.DateTimeField()),
                ("newest", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Compared",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("index", models.BigIntegerField(default=-1)),
            ],
        ),
        migrations.CreateModel(
            name="Sent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("text", models.TextField(verbose_name="内容")),
                ("review_on", models.DateField()),
                ("public", models.BooleanField(default=False)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("uses", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="hall.serviceitem",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "review_on"], name="article_owner_review")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="article_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("columns", models.TextField(blank=True)),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(default=10, verbose_name="每人要多少分钟"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="收新的批量")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_sheet",
                        to="hall.serviceitem",
                        verbose_name="事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量表",
                "verbose_name_plural": "批量表",
                "ordering": ["item__code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 480))),
                        name="cases_batch_sheet_takes_some_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bulk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("dispatch", "派单"),
                            ("assign", "派给承办人"),
                            ("remind", "催办"),
                            ("extend", "申请延期"),
                            ("merge", "并单"),
                        ],
                        max_length=10,
                    ),
                ),
                ("given", models.JSONField()),
                ("at", models.DateTimeField()),
                ("tended_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["tended_at"],
                        name="bulk_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deed__in", ["dispatch", "assign", "remind", "extend", "merge"])
                        ),
                        name="bulk_deed_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inquiry", "咨询"),
                            ("assistance", "求助"),
                            ("complaint", "投诉"),
                            ("report", "举报"),
                            ("suggestion", "建议"),
                            ("praise", "表扬"),
                            ("other", "其他"),
                            ("rectify", "整改"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("normal", "一般"), ("urgent", "紧急"), ("critical", "特急")],
                        default="normal",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.life.State["RECEIVED"], "已收到"),
                            (mingchuang.cases.rules.life.State["NEEDS_INFO"], "待补充"),
                            (mingchuang.cases.rules.life.State["ACCEPTED"], "已受理"),
                            (mingchuang.cases.rules.life.State["DISPATCHED"], "已派单"),
                            (mingchuang.cases.rules.life.State["RETURNED"], "退单待定"),
                            (mingchuang.cases.rules.life.State["HANDLING"], "办理中"),
                            (mingchuang.cases.rules.life.State["PAUSED"], "已挂起"),
                            (mingchuang.cases.rules.life.State["REPLIED"], "已答复"),
                            (mingchuang.cases.rules.life.State["ARCHIVED"], "已归档"),
                            (mingchuang.cases.rules.life.State["DECLINED"], "不予受理"),
                            (mingchuang.cases.rules.life.State["REFERRED"], "已转送"),
                            (mingchuang.cases.rules.life.State["MERGED"], "已并单"),
                            (mingchuang.cases.rules.life.State["WITHDRAWN"], "已撤回"),
                        ],
                        default=mingchuang.cases.rules.life.State["RECEIVED"],
                        max_length=12,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("area", models.CharField(blank=True, max_length=80)),
                ("danger", models.BooleanField(default=False)),
                ("confidential", models.BooleanField(default=False)),
                ("redacted", models.BooleanField(default=True)),
                ("received_at", models.DateTimeField()),
                ("meet_by", models.DateTimeField()),
                ("clock_started_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("provisional", models.BooleanField(default=False)),
                ("dispatched_at", models.DateTimeField(null=True)),
                ("contact_due_at", models.DateTimeField(null=True)),
                ("contacted_at", models.DateTimeField(null=True)),
                ("replied_at", models.DateTimeField(null=True)),
                ("callback_due_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("warn_at", models.DateTimeField(null=True)),
                (
                    "watch",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (mingchuang.cases.rules.watch.Watch["CALM"], "正常"),
                            (mingchuang.cases.rules.watch.Watch["WARNED"], "已预警"),
                            (mingchuang.cases.rules.watch.Watch["REMINDED"], "已催办"),
                            (mingchuang.cases.rules.watch.Watch["SUPERVISED"], "督办中"),
                        ],
                        default=0,
                    ),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                (
                    "press",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                danger=True,
                                state__in=["needs_info", "received"],
                                then=models.Value(0),
                            ),
                            models.When(
                                models.Q(("urgency", "normal"), _negated=True),
                                state="received",
                                then=models.Value(0),
                            ),
                            models.When(
                                models.Q(
                                    (
                                        "state__in",
                                        [
                                            "accepted",
                                            "dispatched",
                                            "handling",
                                            "needs_info",
                                            "received",
                                            "returned",
                                        ],
                                    )
                                ),
                                then=models.Value(1),
                                watch=3,
                            ),
                            models.When(
                                due_at__isnull=True, state="needs_info", then=models.Value(3)
                            ),
                            default=models.Value(2),
                        ),
                        output_field=models.PositiveSmallIntegerField(),
                    ),
                ),
                (
                    "presses_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            "due_at", "meet_by"
                        ),
                        output_field=models.DateTimeField(),
                    ),
                ),
                ("decline_code", models.CharField(blank=True, max_length=40)),
                ("referred_to", models.CharField(blank=True, max_length=40)),
                ("route", models.TextField(blank=True)),
                (
                    "assists",
                    models.ManyToManyField(blank=True, related_name="assisting", to="people.unit"),
                ),
                (
                    "first_receiver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handling",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "intake_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_in",
                        to="people.unit",
                    ),
                ),
                (
                    "master",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_cases",
                        to="cases.case",
                    ),
                ),
                (
                    "prompted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompted",
                        to="cases.case",
                    ),
                ),
                (
                    "responsible_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leading",
                        to="people.unit",
                    ),
                ),
                (
                    "time_limit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="hall.timelimit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["responsible_unit", "state", "due_at"], name="case_lead_due"
                    ),
                    models.Index(fields=["intake_unit", "state", "due_at"], name="case_intake_due"),
                    models.Index(fields=["state", "due_at"], name="case_state_due"),
                    models.Index(fields=["handler", "state"], name="case_handled_by"),
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "accepted",
                                    "dispatched",
                                    "handling",
                                    "needs_info",
                                    "received",
                                    "returned",
                                ],
                            )
                        ),
                        fields=["press", "presses_at", "id"],
                        name="case_pressing",
                    ),
                    models.Index(fields=["received_at", "id"], name="case_received"),
                    models.Index(
                        condition=models.Q(
                            ("confidential", True),
                            (
                                "state__in",
                                [
                                    "accepted",
                                    "dispatched",
                                    "handling",
                                    "needs_info",
                                    "paused",
                                    "received",
                                    "replied",
                                    "returned",
                                ],
                            ),
                        ),
                        fields=["state"],
                        name="case_confidential_open",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["ended_at", "id"],
                        name="case_ended",
                    ),
                    models.Index(
                        condition=models.Q(("contact_due_at__isnull", False)),
                        fields=["contact_due_at", "contacted_at", "stopped_at"],
                        name="case_contact_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.cases.rules.life.State["RECEIVED"],
                                    mingchuang.cases.rules.life.State["NEEDS_INFO"],
                                    mingchuang.cases.rules.life.State["ACCEPTED"],
                                    mingchuang.cases.rules.life.State["DISPATCHED"],
                                    mingchuang.cases.rules.life.State["RETURNED"],
                                    mingchuang.cases.rules.life.State["HANDLING"],
                                    mingchuang.cases.rules.life.State["PAUSED"],
                                    mingchuang.cases.rules.life.State["REPLIED"],
                                    mingchuang.cases.rules.life.State["ARCHIVED"],
                                    mingchuang.cases.rules.life.State["DECLINED"],
                                    mingchuang.cases.rules.life.State["REFERRED"],
                                    mingchuang.cases.rules.life.State["MERGED"],
                                    mingchuang.cases.rules.life.State["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="case_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["dispatched", "handling", "paused", "returned"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("due_at__isnull", False),
                                ("first_receiver__isnull", False),
                                ("responsible_unit__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="case_dispatched_has_lead_and_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(("due_at__isnull", False), ("time_limit__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_accepted_has_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["replied", "archived"]), _negated=True),
                            models.Q(("replied_at__isnull", False), ("round__gte", 1)),
                            _connector="OR",
                        ),
                        name="case_answered_has_a_round",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(
                                models.Q(("decline_code", ""), _negated=True),
                                models.Q(("route", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_declined_has_reason_and_route",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "referred"), _negated=True),
                            models.Q(
                                models.Q(("referred_to", ""), _negated=True),
                                models.Q(("route", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_referred_has_route",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("master__isnull", False), ("state", "merged")),
                            models.Q(
                                models.Q(("state", "merged"), _negated=True),
                                ("master__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="case_merged_has_master",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("master", models.F("id")), _negated=True),
                        name="case_is_not_its_own_master",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prompted_by", models.F("id")), _negated=True),
                        name="case_did_not_prompt_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["archived", "declined", "referred", "withdrawn"]),
                                ("ended_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        ["archived", "declined", "referred", "withdrawn"],
                                    ),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="case_ended_when_it_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "received",
                                    "needs_info",
                                    "accepted",
                                    "declined",
                                    "referred",
                                    "withdrawn",
                                ),
                            ),
                            ("confidential", False),
                            ("redacted", True),
                            _connector="OR",
                        ),
                        name="case_confidential_is_redacted_before_others_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("matter", models.CharField(max_length=80, verbose_name="事项")),
                ("area", models.CharField(blank=True, max_length=80, verbose_name="地段")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatch_rules",
                        to="people.unit",
                        verbose_name="承办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "派单目录",
                "verbose_name_plural": "派单目录",
                "ordering": ["matter", "area"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("matter", "area"),
                        name="dispatch_rule_one_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "to",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.found.Fate["POLICE"], "公安机关"),
                            (mingchuang.cases.rules.found.Fate["STATE"], "国家（无人认领满一年）"),
                        ],
                        max_length=8,
                    ),
                ),
                ("office", models.CharField(max_length=100)),
                ("taker_badge", models.CharField(blank=True, max_length=20)),
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
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="hall.site",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="people.requester",
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("witness")), _negated=True),
                        name="cases_handover_is_seen_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to__in", ["police", "state"]), models.Q(("office", ""), _negated=True)
                        ),
                        name="cases_handover_goes_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                ("text", models.TextField(verbose_name="内容")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="复核日期")),
                (
                    "uses",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="用过几次"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_templates",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="负责人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_templates",
                        to="people.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "常用语",
                "verbose_name_plural": "常用语",
                "ordering": ["-uses", "title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "title"), name="reply_template_title_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Retention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=mingchuang.cases.models.keeping.categories,
                        max_length=30,
                        unique=True,
                        verbose_name="类别",
                    ),
                ),
                (
                    "days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="不填就是长期保存。",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(36500),
                        ],
                        verbose_name="办结后保存天数",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("since", models.DateField(blank=True, null=True, verbose_name="从哪天起执行")),
            ],
            options={
                "verbose_name": "保存期限",
                "verbose_name_plural": "保存期限",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__isnull", True), ("days__range", (30, 36500)), _connector="OR"
                        ),
                        name="retention_days_within_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__isnull", True),
                            models.Q(("source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="retention_days_have_a_source",
                        violation_error_message="写明天数时，请写依据：哪份文件，哪一条。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30)),
                ("query", models.CharField(max_length=400)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "name"), name="saved_view_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_view_has_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StorageTime",
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
                            (mingchuang.cases.rules.found.Kind["UMBRELLA"], "雨伞、雨衣"),
                            (mingchuang.cases.rules.found.Kind["PHONE"], "手机、电脑等电子产品"),
                            (mingchuang.cases.rules.found.Kind["WALLET"], "钱包、现金"),
                            (mingchuang.cases.rules.found.Kind["JEWELLERY"], "首饰、手表"),
                            (mingchuang.cases.rules.found.Kind["DOCUMENT"], "身份证等证件"),
                            (mingchuang.cases.rules.found.Kind["CARD"], "银行卡、社保卡等卡片"),
                            (mingchuang.cases.rules.found.Kind["KEY"], "钥匙"),
                            (mingchuang.cases.rules.found.Kind["BAG"], "包、行李"),
                            (mingchuang.cases.rules.found.Kind["CLOTHING"], "衣服、鞋帽"),
                            (mingchuang.cases.rules.found.Kind["GLASSES"], "眼镜"),
                            (mingchuang.cases.rules.found.Kind["BOOK"], "书本、材料"),
                            (mingchuang.cases.rules.found.Kind["CUP"], "水杯"),
                            (mingchuang.cases.rules.found.Kind["POWER_BANK"], "充电宝"),
                            (mingchuang.cases.rules.found.Kind["FOOD"], "没有开封的食品"),
                            (
                                mingchuang.cases.rules.found.Kind["FRESH"],
                                "生鲜、鲜花、开过封的食品",
                            ),
                            (mingchuang.cases.rules.found.Kind["ANIMAL"], "活的动物"),
                            (mingchuang.cases.rules.found.Kind["OTHER"], "其他"),
                        ],
                        max_length=12,
                        unique=True,
                        verbose_name="种类",
                    ),
                ),
                (
                    "hours",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="不填就是保管到招领公告满一年（民法典第三百一十八条）。",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(8784)],
                        verbose_name="保管小时数",
                    ),
                ),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.found.Fate["DISPOSE"], "到期处理"),
                            (mingchuang.cases.rules.found.Fate["POLICE"], "到期移交公安"),
                            (mingchuang.cases.rules.found.Fate["STATE"], "满一年归国家"),
                        ],
                        max_length=8,
                        verbose_name="到期以后",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
            ],
            options={
                "verbose_name": "拾得物保管时间",
                "verbose_name_plural": "拾得物保管时间",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fate", "state"), ("hours", None)),
                            models.Q(
                                ("hours__isnull", False), models.Q(("fate", "state"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="cases_storage_belongs_to_the_state_after_a_year",
                        violation_error_message="满一年的归国家，要写小时数的只能处理或者移交公安。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="cases.article",
                    ),
                ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "version"), name="article_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.CharField(max_length=100)),
                ("credit_code", models.CharField(db_index=True, max_length=18)),
                ("columns", models.TextField(blank=True)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("size", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("plan_asked_at", models.DateTimeField(null=True)),
                ("planned_at", models.DateTimeField(null=True)),
                ("promised_on", models.DateField(null=True)),
                ("short", models.PositiveIntegerField(default=0)),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="hall.serviceitem",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("plan_asked_at__isnull", False)),
                        fields=["plan_asked_at"],
                        name="cases_batch_to_plan",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation", ""), _negated=True),
                            ("credit_code__regex", "^[0-9A-Z]{18}$"),
                        ),
                        name="cases_batch_names_its_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 480))),
                        name="cases_batch_takes_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("promised_on__isnull", True),
                            models.Q(("planned_at__isnull", False), ("short", 0)),
                            _connector="OR",
                        ),
                        name="cases_batch_promises_only_what_was_planned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.many.Outcome["WAITING"], "等待办理"),
                            (mingchuang.cases.rules.many.Outcome["DONE"], "已办好"),
                            (mingchuang.cases.rules.many.Outcome["REFUSED"], "没有办成"),
                        ],
                        default=mingchuang.cases.rules.many.Outcome["WAITING"],
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40)),
                ("sentences", models.JSONField(default=dict)),
                ("at", models.DateTimeField(null=True)),
                (
                    "bulk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="cases.bulk",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("bulk", "case"), name="bulk_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("outcome", "refused")),
                                models.Q(("code", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("code", "")),
                                models.Q(("outcome", "refused"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bulk_item_refused_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("at__isnull", True), ("outcome", "waiting")),
                            models.Q(("at__isnull", False), ("outcome__in", ["done", "refused"])),
                            _connector="OR",
                        ),
                        name="bulk_item_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.FloatField()),
                ("shared", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alike",
                        to="cases.case",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alike_later",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "other"), name="alike_once_per_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("other__lt", models.F("case"))),
                        name="alike_points_to_an_earlier_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gt", 0), ("score__lte", 1)),
                        name="alike_score_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="cases.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at", "returned_at"], name="dispatch_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", True),
                            ("returned_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="dispatch_returned_after_it_was_made",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DueChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("accept", "受理"),
                            ("pause", "挂起"),
                            ("resume", "恢复办理"),
                            ("extend", "延期"),
                            ("reopen", "重办"),
                            ("retype", "改变类型"),
                            ("calendar", "载入新的工作日安排"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("trace", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_changes",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FoundItem",
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
                ("number", models.CharField(max_length=20, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.found.Kind["UMBRELLA"], "雨伞、雨衣"),
                            (mingchuang.cases.rules.found.Kind["PHONE"], "手机、电脑等电子产品"),
                            (mingchuang.cases.rules.found.Kind["WALLET"], "钱包、现金"),
                            (mingchuang.cases.rules.found.Kind["JEWELLERY"], "首饰、手表"),
                            (mingchuang.cases.rules.found.Kind["DOCUMENT"], "身份证等证件"),
                            (mingchuang.cases.rules.found.Kind["CARD"], "银行卡、社保卡等卡片"),
                            (mingchuang.cases.rules.found.Kind["KEY"], "钥匙"),
                            (mingchuang.cases.rules.found.Kind["BAG"], "包、行李"),
                            (mingchuang.cases.rules.found.Kind["CLOTHING"], "衣服、鞋帽"),
                            (mingchuang.cases.rules.found.Kind["GLASSES"], "眼镜"),
                            (mingchuang.cases.rules.found.Kind["BOOK"], "书本、材料"),
                            (mingchuang.cases.rules.found.Kind["CUP"], "水杯"),
                            (mingchuang.cases.rules.found.Kind["POWER_BANK"], "充电宝"),
                            (mingchuang.cases.rules.found.Kind["FOOD"], "没有开封的食品"),
                            (
                                mingchuang.cases.rules.found.Kind["FRESH"],
                                "生鲜、鲜花、开过封的食品",
                            ),
                            (mingchuang.cases.rules.found.Kind["ANIMAL"], "活的动物"),
                            (mingchuang.cases.rules.found.Kind["OTHER"], "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "care",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.found.Care["ORDINARY"], "普通物品"),
                            (mingchuang.cases.rules.found.Care["VALUABLE"], "贵重物品"),
                            (mingchuang.cases.rules.found.Care["DOCUMENT"], "证件卡片"),
                        ],
                        max_length=8,
                    ),
                ),
                ("place", models.CharField(max_length=100)),
                ("found_at", models.DateTimeField()),
                ("features", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("shelf", models.CharField(max_length=60)),
                ("cents", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.found.State["KEPT"], "保管中"),
                            (mingchuang.cases.rules.found.State["RETURNED"], "已归还"),
                            (mingchuang.cases.rules.found.State["HANDED_OVER"], "已移交"),
                            (mingchuang.cases.rules.found.State["DISPOSED"], "已按规定处理"),
                        ],
                        max_length=12,
                    ),
                ),
                ("announced_on", models.DateField(null=True)),
                ("kept_until", models.DateTimeField(null=True)),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.found.Fate["DISPOSE"], "到期处理"),
                            (mingchuang.cases.rules.found.Fate["POLICE"], "到期移交公安"),
                            (mingchuang.cases.rules.found.Fate["STATE"], "满一年归国家"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "finder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found_items",
                        to="people.requester",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found_items",
                        to="hall.site",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="cases.handover",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("announced_on__isnull", False), ("state", "kept")),
                        fields=["-announced_on", "-id"],
                        name="cases_found_announced",
                    ),
                    models.Index(fields=["site", "state", "-id"], name="cases_found_of_site"),
                    models.Index(fields=["ended_at"], name="cases_found_ended"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_founditem_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.cases.rules.found.State["KEPT"],
                                    mingchuang.cases.rules.found.State["RETURNED"],
                                    mingchuang.cases.rules.found.State["HANDED_OVER"],
                                    mingchuang.cases.rules.found.State["DISPOSED"],
                                ],
                            )
                        ),
                        name="cases_found_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("care", "ordinary"),
                            models.Q(
                                ("witness__isnull", False),
                                models.Q(("witness", models.F("taken_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cases_found_special_is_counted_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "kept")),
                            models.Q(
                                models.Q(("state", "kept"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cases_found_ended_when_it_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "handed_over"), _negated=True),
                            ("handover__isnull", False),
                            _connector="OR",
                        ),
                        name="cases_found_handed_over_on_a_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("found_at__lte", models.F("at"))),
                        name="cases_found_before_it_was_handed_in",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            models.Q(("features", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cases_found_is_proved_by_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotAlike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_alike",
                        to="cases.case",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_alike_later",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "other"), name="not_alike_once_per_pair"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("other__lt", models.F("case"))),
                        name="not_alike_names_the_later_case_first",
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
                ("text", models.TextField()),
                ("is_contact", models.BooleanField(default=False)),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="cases.case",
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
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_note_salt_whole_or_erased",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plea",
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
                    "what",
                    models.CharField(
                        choices=[
                            ("extend", "延期"),
                            ("pause", "挂起"),
                            ("retype", "改变类型"),
                            ("return", "退单"),
                            ("exclude", "剔除"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField()),
                ("days", models.PositiveSmallIntegerField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("kind", models.CharField(blank=True, max_length=12)),
                ("was", models.CharField(blank=True, max_length=12)),
                (
                    "rate",
                    models.CharField(
                        blank=True,
                        choices=[
                            (mingchuang.cases.rules.figures.Name["ON_TIME"], "按时答复"),
                            (mingchuang.cases.rules.figures.Name["CONTACT"], "按时先行联系"),
                            (mingchuang.cases.rules.figures.Name["SOLVED"], "解决"),
                            (mingchuang.cases.rules.figures.Name["SATISFIED"], "满意"),
                            (mingchuang.cases.rules.figures.Name["REOPENED"], "重办"),
                            (mingchuang.cases.rules.figures.Name["RETURNED"], "退单"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("FORCE_MAJEURE", "台风、洪水、疫情等不可抗力"),
                            ("LEGAL_PROCEDURE", "已进入诉讼、仲裁、复议、信访等程序"),
                            ("BEYOND_LAW", "诉求超出法律、政策的规定"),
                            ("UNTRUE", "查明不是事实，或者恶意反复提出"),
                            ("REFUSED_TO_HELP", "诉求人不配合，无法核实或办理"),
                            ("OUR_FAULT", "系统故障或登记错误造成"),
                        ],
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("granted", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pleas",
                        to="cases.case",
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
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_plea_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="plea_decided_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("granted__isnull", True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("granted__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plea_decision_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            _connector="OR",
                        ),
                        name="plea_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days__gt", 0), ("what", "extend")),
                            models.Q(("review_on__isnull", False), ("what", "pause")),
                            models.Q(
                                models.Q(("what", "retype")), models.Q(("kind", ""), _negated=True)
                            ),
                            ("what", "return"),
                            models.Q(
                                models.Q(("what", "exclude")),
                                models.Q(("rate", ""), _negated=True),
                                models.Q(("code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plea_says_what_is_asked",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at__isnull", True), ("granted__isnull", True)),
                        fields=("case", "what"),
                        name="plea_one_open_of_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
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
                ("round", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("done", "已办成"),
                            ("partly", "部分办成"),
                            ("explained", "已解释说明"),
                            ("cannot", "暂时办不成"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("reopened_at", models.DateTimeField(null=True)),
                ("headline", models.CharField(blank=True, max_length=120)),
                ("published_text", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="cases.case",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["at", "reopened_at"], name="reply_at"),
                    models.Index(fields=["due_at", "at"], name="reply_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_reply_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(fields=("case", "round"), name="reply_once_per_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            _connector="OR",
                        ),
                        name="reply_has_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(("headline", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reply_published_has_headline",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
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
                ("original", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("redacted_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("number", models.CharField(max_length=40, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "网页"),
                            ("phone", "电话"),
                            ("counter", "窗口"),
                            ("letter", "来信"),
                            ("community", "社区"),
                            ("import", "批量导入"),
                            ("proactive", "未诉先办"),
                        ],
                        max_length=12,
                    ),
                ),
                ("confidential", models.BooleanField(default=False)),
                ("reachable", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("repeats", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="cases.case",
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
                    "redacted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="people.requester",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wishes_to_join",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="wished_for",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["at", "case", "repeats"], name="submission_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_submission_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reachable", False), ("requester__isnull", False), _connector="OR"
                        ),
                        name="submission_reachable_has_requester",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                ("path", models.CharField(max_length=80, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("cleared", models.BooleanField(default=True)),
                ("at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.submission",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_attachment_salt_whole_or_erased",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("content", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("marked", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("language", models.CharField(max_length=7)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("about", models.PositiveIntegerField(default=0)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("good", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("faulty", models.PositiveIntegerField(default=0)),
                ("faults", models.JSONField(default=list)),
                ("refusal", models.JSONField(default=dict)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="cases.batch",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=("batch",),
                        name="cases_upload_one_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_at__isnull", True), ("content", ""), _connector="OR"
                        ),
                        name="cases_upload_read_is_let_go",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("good"), "+", models.F("known")
                                    ),
                                    "+",
                                    models.F("faulty"),
                                ),
                            )
                        ),
                        name="cases_upload_counts_every_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
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
                    "carrier",
                    models.CharField(
                        choices=[
                            ("ems", "中国邮政 EMS"),
                            ("sf", "顺丰速运"),
                            ("jd", "京东快递"),
                            ("other", "其他快递"),
                        ],
                        max_length=5,
                    ),
                ),
                ("tracking", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="cases.batch",
                    ),
                ),
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
                        name="cases_delivery_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tracking", ""), _negated=True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            _connector="OR",
                        ),
                        name="cases_delivery_has_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_at__isnull", True),
                            ("received_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="cases_delivery_is_there_after_it_left",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LostItem",
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
                ("number", models.CharField(max_length=20, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.found.Kind["UMBRELLA"], "雨伞、雨衣"),
                            (mingchuang.cases.rules.found.Kind["PHONE"], "手机、电脑等电子产品"),
                            (mingchuang.cases.rules.found.Kind["WALLET"], "钱包、现金"),
                            (mingchuang.cases.rules.found.Kind["JEWELLERY"], "首饰、手表"),
                            (mingchuang.cases.rules.found.Kind["DOCUMENT"], "身份证等证件"),
                            (mingchuang.cases.rules.found.Kind["CARD"], "银行卡、社保卡等卡片"),
                            (mingchuang.cases.rules.found.Kind["KEY"], "钥匙"),
                            (mingchuang.cases.rules.found.Kind["BAG"], "包、行李"),
                            (mingchuang.cases.rules.found.Kind["CLOTHING"], "衣服、鞋帽"),
                            (mingchuang.cases.rules.found.Kind["GLASSES"], "眼镜"),
                            (mingchuang.cases.rules.found.Kind["BOOK"], "书本、材料"),
                            (mingchuang.cases.rules.found.Kind["CUP"], "水杯"),
                            (mingchuang.cases.rules.found.Kind["POWER_BANK"], "充电宝"),
                            (mingchuang.cases.rules.found.Kind["FOOD"], "没有开封的食品"),
                            (
                                mingchuang.cases.rules.found.Kind["FRESH"],
                                "生鲜、鲜花、开过封的食品",
                            ),
                            (mingchuang.cases.rules.found.Kind["ANIMAL"], "活的动物"),
                            (mingchuang.cases.rules.found.Kind["OTHER"], "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("lost_on", models.DateField()),
                ("place", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("description", mingchuang.people.fields.EncryptedTextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.lost.Search["SEARCHING"], "还在找"),
                            (mingchuang.cases.rules.lost.Search["MATCHED"], "可能找到了"),
                            (mingchuang.cases.rules.lost.Search["RETURNED"], "已经领回"),
                            (mingchuang.cases.rules.lost.Search["WITHDRAWN"], "已经撤回"),
                            (mingchuang.cases.rules.lost.Search["LAPSED"], "没有找到"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "match",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="cases.founditem",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lost_items",
                        to="people.requester",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lost_items",
                        to="hall.site",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["state", "kind", "lost_on"], name="cases_lost_of_kind"),
                    models.Index(fields=["ended_at"], name="cases_lost_ended"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_lostitem_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.cases.rules.lost.Search["SEARCHING"],
                                    mingchuang.cases.rules.lost.Search["MATCHED"],
                                    mingchuang.cases.rules.lost.Search["RETURNED"],
                                    mingchuang.cases.rules.lost.Search["WITHDRAWN"],
                                    mingchuang.cases.rules.lost.Search["LAPSED"],
                                ],
                            )
                        ),
                        name="cases_lost_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["matched", "returned"]), _negated=True),
                            ("match__isnull", False),
                            _connector="OR",
                        ),
                        name="cases_lost_matched_with_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ["matched", "searching"])),
                            models.Q(
                                models.Q(("state__in", ["matched", "searching"]), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cases_lost_ended_when_it_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Overtime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overtime",
                        to="cases.batch",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["day", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("batch", "person", "day"),
                        name="cases_overtime_agreed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 240))),
                        name="cases_overtime_within_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("review_on", models.DateField()),
                ("review_told_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="cases.case",
                    ),
                ),
                (
                    "plea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pause",
                        to="cases.plea",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("case",),
                        name="pause_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="pause_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rate",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.figures.Name["ON_TIME"], "按时答复"),
                            (mingchuang.cases.rules.figures.Name["CONTACT"], "按时先行联系"),
                            (mingchuang.cases.rules.figures.Name["SOLVED"], "解决"),
                            (mingchuang.cases.rules.figures.Name["SATISFIED"], "满意"),
                            (mingchuang.cases.rules.figures.Name["REOPENED"], "重办"),
                            (mingchuang.cases.rules.figures.Name["RETURNED"], "退单"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("FORCE_MAJEURE", "台风、洪水、疫情等不可抗力"),
                            ("LEGAL_PROCEDURE", "已进入诉讼、仲裁、复议、信访等程序"),
                            ("BEYOND_LAW", "诉求超出法律、政策的规定"),
                            ("UNTRUE", "查明不是事实，或者恶意反复提出"),
                            ("REFUSED_TO_HELP", "诉求人不配合，无法核实或办理"),
                            ("OUR_FAULT", "系统故障或登记错误造成"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("included_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
                        to="cases.case",
                    ),
                ),
                (
                    "plea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusion",
                        to="cases.plea",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("included_at__isnull", True)),
                        fields=("case", "rate"),
                        name="exclusion_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("included_at__isnull", True),
                            ("included_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="exclusion_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
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
                ("original", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("redacted_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                (
                    "redacted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="cases.submission",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_remark_salt_whole_or_erased",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivacyPlea",
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
                    "what",
                    models.CharField(
                        choices=[("copy", "查阅、复制"), ("correct", "更正"), ("erase", "删除")],
                        max_length=8,
                    ),
                ),
                (
                    "reach",
                    models.CharField(
                        choices=[("this", "只这一件"), ("all", "用同一电话提交的每一件")],
                        max_length=4,
                    ),
                ),
                ("text", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "proof",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("receipt", "凭回执"),
                            ("document", "当面看过身份证件"),
                            ("called_back", "拨打所留电话核对"),
                        ],
                        max_length=11,
                    ),
                ),
                ("granted", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="privacy_pleas",
                        to="cases.submission",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_privacyplea_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("granted__isnull", True)),
                        fields=("submission", "what"),
                        name="privacy_plea_one_open_of_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("granted__isnull", True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("granted__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="privacy_plea_decision_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("granted", True), _negated=True),
                            models.Q(("proof", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="privacy_plea_granted_on_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proof", "receipt"), _negated=True),
                            ("reach", "this"),
                            _connector="OR",
                        ),
                        name="privacy_plea_receipt_proves_itself_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("what", "correct"),
                            ("granted__isnull", True),
                            ("granted", False),
                            ("asked_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="privacy_plea_decided_by_a_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=12)),
                ("reminded", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="cases.case",
                    ),
                ),
                (
                    "master",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_in",
                        to="cases.case",
                    ),
                ),
                ("moved", models.ManyToManyField(related_name="merges", to="cases.submission")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("case",),
                        name="merge_one_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Callback",
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
                ("round", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
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
                ("solved", models.BooleanField(null=True)),
                (
                    "satisfied",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "满意"), ("mostly", "基本满意"), ("no", "不满意")],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="callbacks",
                        to="cases.case",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="callbacks",
                        to="cases.submission",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["at", "outcome", "solved", "satisfied"], name="callback_at"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_callback_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "reached"), ("solved__isnull", False)),
                            models.Q(
                                models.Q(("outcome", "reached"), _negated=True),
                                ("solved__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="callback_reached_says_solved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("satisfied", ""), ("outcome", "reached"), _connector="OR"
                        ),
                        name="callback_satisfied_only_when_reached",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
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
                ("place", models.PositiveIntegerField()),
                ("person", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("person_index", models.CharField(blank=True, db_index=True, max_length=64)),
                ("sheet_row", models.PositiveIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            (mingchuang.cases.rules.batches.life.Stage["SENT"], "已报"),
                            (mingchuang.cases.rules.batches.life.Stage["ACCEPTED"], "已受理"),
                            (mingchuang.cases.rules.batches.life.Stage["NEEDS_MORE"], "待补材料"),
                            (mingchuang.cases.rules.batches.life.Stage["IN_PROGRESS"], "办理中"),
                            (mingchuang.cases.rules.batches.life.Stage["DONE"], "已办结"),
                            (mingchuang.cases.rules.batches.life.Stage["DECLINED"], "不予办理"),
                        ],
                        default=mingchuang.cases.rules.batches.life.Stage["SENT"],
                        max_length=12,
                    ),
                ),
                ("because", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("planned_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="cases.batch",
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
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="cases.batchupload",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="cases.delivery",
                    ),
                ),
            ],
            options={
                "ordering": ["batch", "place"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["batch", "stage", "place"], name="cases_batch_item_of_stage"
                    ),
                    models.Index(
                        condition=models.Q(("planned_on__isnull", False)),
                        fields=["planned_on"],
                        name="cases_batch_item_of_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="cases_batchitem_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        fields=("batch", "place"), name="cases_batch_item_one_a_place"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person_index", ""), _negated=True),
                        fields=("batch", "person_index"),
                        name="cases_batch_item_person_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    mingchuang.cases.rules.batches.life.Stage["SENT"],
                                    mingchuang.cases.rules.batches.life.Stage["ACCEPTED"],
                                    mingchuang.cases.rules.batches.life.Stage["NEEDS_MORE"],
                                    mingchuang.cases.rules.batches.life.Stage["IN_PROGRESS"],
                                    mingchuang.cases.rules.batches.life.Stage["DONE"],
                                    mingchuang.cases.rules.batches.life.Stage["DECLINED"],
                                ],
                            )
                        ),
                        name="cases_batch_item_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "declined"), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            _connector="OR",
                        ),
                        name="cases_batch_item_declined_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("delivery__isnull", True), ("stage", "done"), _connector="OR"
                        ),
                        name="cases_batch_item_sent_when_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "needs_more"), _negated=True),
                            ("asked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="cases_batch_item_waits_for_what_was_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
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
                    "proof",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("id_card", "居民身份证"),
                            ("passport", "护照、通行证"),
                            ("residence", "居住证、户口簿"),
                            ("licence", "驾驶证、社保卡"),
                            ("known", "民警或社区工作人员证明"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("by_mandate", models.BooleanField(default=False)),
                ("principal", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("granted", models.BooleanField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("features", "说的特征对不上"),
                            ("identity", "没有能证明身份的证件"),
                            ("mandate", "代领没有委托书或者委托人的证件"),
                            ("disputed", "有别人也来认领，还没有分清"),
                        ],
                        max_length=10,
                    ),
                ),
                ("signed", models.BooleanField(default=False)),
                ("undone_at", models.DateTimeField(null=True)),
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
                    "claimant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="people.requester",
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
                    "witness",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="cases.founditem",
                    ),
                ),
                (
                    "lost",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="cases.lostitem",
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
                        name="cases_claim_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("granted", True), ("undone_at", None)),
                        fields=("item",),
                        name="cases_claim_granted_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("undone_at", None), ("granted", True), _connector="OR"),
                        name="cases_claim_undone_was_granted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted", False),
                            models.Q(("signed", True), models.Q(("proof", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="cases_claim_granted_on_proof_and_signature",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted", False),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            models.Q(("said", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cases_claim_granted_on_features",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_mandate", False),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("salt"), 0
                            ),
                            models.Q(("principal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cases_claim_by_mandate_names_whose_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("granted", True), ("reason", "")),
                            models.Q(("granted", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="cases_claim_refused_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("name_index", models.CharField(blank=True, db_index=True, max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("supplied_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="cases.batchitem",
                    ),
                ),
                ("photos", models.ManyToManyField(related_name="papers", to="cases.attachment")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("name_index", ""), _negated=True),
                        fields=("item", "name_index"),
                        name="cases_paper_asked_once",
                    )
                ],
            },
        ),
        migrations.RunPython(lay_out_the_table, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(store_for_a_while, migrations.RunPython.noop, elidable=False),
        *(migrations.RunPython(index.create, index.drop) for index in FOUND),
    ]
