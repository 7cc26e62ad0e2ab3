import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import mingchuang.council.rules.account
import mingchuang.council.rules.ballot
import mingchuang.council.rules.binding
import mingchuang.council.rules.checking
import mingchuang.council.rules.inviting
import mingchuang.council.rules.life
import mingchuang.council.rules.minutes
import mingchuang.council.rules.notice
import mingchuang.council.rules.polling
import mingchuang.council.rules.register
import mingchuang.council.rules.shares
import mingchuang.council.rules.sitting
import mingchuang.ledger.models
import mingchuang.people.fields
from mingchuang.council import frozen, guards, sealed


class Migration(migrations.Migration):
    # Houses made before these were made one migration have had them all.
    replaces = [
        ("council", "0001_initial"),
        ("council", "0002_claims"),
        ("council", "0003_planning"),
        ("council", "0004_owners_ballot"),
        ("council", "0005_sittings"),
        ("council", "0006_witnessed"),
        ("council", "0007_behind_frozen_minutes"),
        ("council", "0008_council_kept"),
        ("council", "0009_letters"),
        ("council", "0010_sent_as_text"),
        ("council", "0011_promised"),
        ("council", "0012_private_positions"),
        ("council", "0013_voted_at"),
        ("council", "0014_owners_kept"),
    ]
    initial = True

    dependencies = [
        ("cases", "0001_squashed"),
        ("ledger", "0001_initial"),
        ("people", "0001_squashed"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("title", models.CharField(max_length=80)),
                ("background", models.TextField()),
                ("place", models.CharField(blank=True, max_length=120)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("case", "由工单提出"),
                            ("survey", "由摸底提出"),
                            ("itself", "直接提出"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "legal",
                    models.CharField(
                        choices=[
                            ("deliberation", "居民议事"),
                            ("ballot", "须由业主共同决定（《民法典》第二百七十八条）"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.life.State["PROPOSED"], "已提出"),
                            (mingchuang.council.rules.life.State["GATHERING"], "登记利益相关方"),
                            (mingchuang.council.rules.life.State["DRAWING"], "准备抽签"),
                            (mingchuang.council.rules.life.State["INVITING"], "邀请参会"),
                            (mingchuang.council.rules.life.State["SITTING"], "开会议事"),
                            (mingchuang.council.rules.life.State["DECIDED"], "已有决议"),
                            (mingchuang.council.rules.life.State["CLOSED"], "已办结"),
                            (mingchuang.council.rules.life.State["DROPPED"], "不再议"),
                        ],
                        max_length=10,
                    ),
                ),
                ("dropped_because", models.TextField(blank=True)),
                ("invented", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "convenor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convened_topics",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="cases.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["unit", "state"], name="council_topic_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.council.rules.life.State["PROPOSED"],
                                    mingchuang.council.rules.life.State["GATHERING"],
                                    mingchuang.council.rules.life.State["DRAWING"],
                                    mingchuang.council.rules.life.State["INVITING"],
                                    mingchuang.council.rules.life.State["SITTING"],
                                    mingchuang.council.rules.life.State["DECIDED"],
                                    mingchuang.council.rules.life.State["CLOSED"],
                                    mingchuang.council.rules.life.State["DROPPED"],
                                ],
                            )
                        ),
                        name="council_topic_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("legal__in", ["deliberation", "ballot"])),
                        name="council_topic_legal_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("background", ""), _negated=True),
                        ),
                        name="council_topic_says_what_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_case__isnull", False), ("origin", "case")),
                            models.Q(
                                ("from_case__isnull", True), ("origin__in", ["survey", "itself"])
                            ),
                            _connector="OR",
                        ),
                        name="council_topic_from_a_case_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("state", "proposed")),
                            ("state", "dropped"),
                            models.Q(
                                models.Q(("state__in", ["proposed", "dropped"]), _negated=True),
                                ("opened_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="council_topic_was_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "dropped"),
                                models.Q(("dropped_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "dropped"), _negated=True),
                                ("dropped_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="council_topic_dropped_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                (
                                    "state__in",
                                    [
                                        "decided",
                                        "drawing",
                                        "gathering",
                                        "inviting",
                                        "proposed",
                                        "sitting",
                                    ],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        [
                                            "decided",
                                            "drawing",
                                            "gathering",
                                            "inviting",
                                            "proposed",
                                            "sitting",
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="council_topic_ended_when_it_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("label_index", models.CharField(blank=True, max_length=64)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("label_index", ""), _negated=True),
                        fields=("topic", "label_index"),
                        name="council_household_once_a_topic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("label", ""), ("label_index", "")),
                            models.Q(
                                models.Q(("label", ""), _negated=True),
                                models.Q(("label_index", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_household_label_and_index_come_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="options",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_option_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="council_option_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnersBallot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=64, unique=True)),
                ("question", models.TextField()),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            (
                                mingchuang.council.rules.ballot.Matter["PROCEDURE"],
                                "（一）制定和修改业主大会议事规则",
                            ),
                            (
                                mingchuang.council.rules.ballot.Matter["COVENANT"],
                                "（二）制定和修改管理规约",
                            ),
                            (
                                mingchuang.council.rules.ballot.Matter["COMMITTEE"],
                                "（三）选举业主委员会或者更换业主委员会成员",
                            ),
                            (
                                mingchuang.council.rules.ballot.Matter["MANAGER"],
                                "（四）选聘和解聘物业服务企业或者其他管理人",
                            ),
                            (
                                mingchuang.council.rules.ballot.Matter["USE_FUND"],
                                "（五）使用建筑物及其附属设施的维修资金",
                            ),
                            (
                                mingchuang.council.rules.ballot.Matter["RAISE_FUND"],
                                "（六）筹集建筑物及其附属设施的维修资金",
                            ),
                            (
                                mingchuang.council.rules.ballot.Matter["REBUILD"],
                                "（七）改建、重建建筑物及其附属设施",
                            ),
                            (
                                mingchuang.council.rules.ballot.Matter["COMMON_USE"],
                                "（八）改变共有部分的用途或者利用共有部分从事经营活动",
                            ),
                            (
                                mingchuang.council.rules.ballot.Matter["OTHER"],
                                "（九）有关共有和共同管理权利的其他重大事项",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.polling.BallotState["CALLED"], "表决中"),
                            (mingchuang.council.rules.polling.BallotState["CLOSED"], "已截止计票"),
                            (
                                mingchuang.council.rules.polling.BallotState["PUBLISHED"],
                                "结果已公布",
                            ),
                            (mingchuang.council.rules.polling.BallotState["REVOKED"], "已撤销"),
                        ],
                        max_length=9,
                    ),
                ),
                ("result", models.JSONField(default=dict)),
                ("revoked_because", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_ballot_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True),
                        name="council_ballot_asks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "matter__in",
                                [
                                    mingchuang.council.rules.ballot.Matter["PROCEDURE"],
                                    mingchuang.council.rules.ballot.Matter["COVENANT"],
                                    mingchuang.council.rules.ballot.Matter["COMMITTEE"],
                                    mingchuang.council.rules.ballot.Matter["MANAGER"],
                                    mingchuang.council.rules.ballot.Matter["USE_FUND"],
                                    mingchuang.council.rules.ballot.Matter["RAISE_FUND"],
                                    mingchuang.council.rules.ballot.Matter["REBUILD"],
                                    mingchuang.council.rules.ballot.Matter["COMMON_USE"],
                                    mingchuang.council.rules.ballot.Matter["OTHER"],
                                ],
                            )
                        ),
                        name="council_ballot_matter_is_of_the_law",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.council.rules.polling.BallotState["CALLED"],
                                    mingchuang.council.rules.polling.BallotState["CLOSED"],
                                    mingchuang.council.rules.polling.BallotState["PUBLISHED"],
                                    mingchuang.council.rules.polling.BallotState["REVOKED"],
                                ],
                            )
                        ),
                        name="council_ballot_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="council_ballot_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["closed", "published"]),
                                ("closed_at__isnull", False),
                                models.Q(("result", {}), _negated=True),
                            ),
                            models.Q(("closed_at", None), ("result", {}), ("state", "called")),
                            models.Q(
                                models.Q(("state__in", ["closed", "published"]), _negated=True),
                                models.Q(("state", "called"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_ballot_counted_when_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", False), ("state", "published")),
                            models.Q(
                                models.Q(("state", "published"), _negated=True),
                                ("published_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="council_ballot_published_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("state", "revoked"),
                                models.Q(("revoked_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "revoked"), _negated=True),
                                ("revoked_at", None),
                                ("revoked_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="council_ballot_revoked_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Roster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rosters",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_roster_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CostShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=64, unique=True)),
                ("title", models.CharField(max_length=80)),
                ("total", models.PositiveBigIntegerField()),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.shares.Basis["EQUAL"], "按户平均"),
                            (mingchuang.council.rules.shares.Basis["AREA"], "按面积"),
                            (mingchuang.council.rules.shares.Basis["FLOOR"], "按楼层系数"),
                            (mingchuang.council.rules.shares.Basis["BENEFIT"], "按受益程度"),
                        ],
                        max_length=7,
                    ),
                ),
                ("floors", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("fixed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_cost_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total__gte", 1)), name="council_cost_is_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="council_cost_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "basis__in",
                                [
                                    mingchuang.council.rules.shares.Basis["EQUAL"],
                                    mingchuang.council.rules.shares.Basis["AREA"],
                                    mingchuang.council.rules.shares.Basis["FLOOR"],
                                    mingchuang.council.rules.shares.Basis["BENEFIT"],
                                ],
                            )
                        ),
                        name="council_cost_basis_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Owner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=32, unique=True)),
                ("same_index", models.CharField(blank=True, max_length=64)),
                ("with_developer", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "requester",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.requester",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owners",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_owner_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("same_index", ""), _negated=True),
                        fields=("topic", "same_index"),
                        name="council_owner_is_one_head",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("with_developer", True)),
                        fields=("topic",),
                        name="council_developer_is_one_head",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
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
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="council_picture_has_a_hash",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("many", models.PositiveIntegerField(default=1)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_place_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="council_place_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lottery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=16)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("plan", models.TextField(blank=True)),
                ("impossible", models.JSONField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("size", models.PositiveSmallIntegerField()),
                ("share", models.PositiveSmallIntegerField(default=0)),
                ("quotas", models.JSONField(default=list)),
                ("commitment", models.CharField(blank=True, max_length=71)),
                ("committed_at", models.DateTimeField(null=True)),
                (
                    "randomness",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dice", "现场掷三颗十面骰子"),
                            ("issue", "预先公布期号的公开摇奖三位数，按公布的先后"),
                        ],
                        max_length=5,
                    ),
                ),
                ("announced", models.CharField(blank=True, max_length=200)),
                ("dice", models.CharField(blank=True, max_length=5)),
                ("ticket", models.PositiveSmallIntegerField(null=True)),
                ("drawn_at", models.DateTimeField(null=True)),
                ("voided_at", models.DateTimeField(null=True)),
                ("voided_because", models.CharField(blank=True, max_length=200)),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lotteries",
                        to="council.roster",
                    ),
                ),
            ],
            options={
                "ordering": ["roster", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("roster", "number"), name="council_lottery_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("roster",),
                        name="council_lottery_one_live_a_roster",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1)), name="council_lottery_has_seats"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__lte", 100)),
                        name="council_lottery_share_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impossible__isnull", True), ("made_at", None), ("plan", "")),
                            models.Q(
                                ("made_at__isnull", False),
                                models.Q(
                                    models.Q(
                                        models.Q(("plan", ""), _negated=True),
                                        ("impossible__isnull", True),
                                    ),
                                    models.Q(("plan", ""), ("impossible__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="council_lottery_is_made_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("announced", ""),
                                ("commitment", ""),
                                ("committed_at", None),
                                ("randomness", ""),
                            ),
                            models.Q(
                                ("commitment__regex", "^sha256:[0-9a-f]{64}$"),
                                ("committed_at__isnull", False),
                                ("randomness__in", ["dice", "issue"]),
                                models.Q(("plan", ""), _negated=True),
                                models.Q(("announced", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_lottery_commits_to_a_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dice", ""), ("drawn_at", None), ("ticket", None)),
                            models.Q(
                                ("committed_at__isnull", False),
                                ("dice__regex", "^[0-9],[0-9],[0-9]$"),
                                ("drawn_at__gt", models.F("committed_at")),
                                ("ticket__range", (0, 999)),
                            ),
                            _connector="OR",
                        ),
                        name="council_lottery_is_committed_before_its_dice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at", None), ("voided_because", "")),
                            models.Q(
                                ("voided_at__isnull", False),
                                models.Q(("voided_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_lottery_void_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Flat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("label", mingchuang.people.fields.EncryptedTextField()),
                ("label_index", models.CharField(max_length=64)),
                ("area", models.PositiveIntegerField()),
                ("floor", models.SmallIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("taken_out_at", models.DateTimeField(null=True)),
                ("taken_out_because", models.CharField(blank=True, max_length=200)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flats",
                        to="council.owner",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flats",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_flat_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("topic", "label_index"), name="council_flat_label_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label_index", ""), _negated=True),
                        name="council_flat_has_a_label",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area__gte", 1)), name="council_flat_has_an_area"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_out_at", None), ("taken_out_because", "")),
                            models.Q(
                                ("taken_out_at__isnull", False),
                                models.Q(("taken_out_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_flat_taken_out_has_a_reason",
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
                ("flats", models.PositiveIntegerField()),
                ("area", models.PositiveBigIntegerField()),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="council.ownersballot",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="council.owner",
                    ),
                ),
            ],
            options={
                "ordering": ["ballot", "owner__number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ballot", "owner"), name="council_paper_one_a_head"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area__gte", 1), ("flats__gte", 1)),
                        name="council_paper_counts_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=64, unique=True)),
                ("begins_at", models.DateTimeField()),
                ("place", models.CharField(max_length=120)),
                ("agenda", models.TextField()),
                ("visit", models.CharField(blank=True, max_length=200)),
                ("seats_percent", models.PositiveSmallIntegerField()),
                ("opponents_percent", models.PositiveSmallIntegerField()),
                ("opponents_least", models.PositiveSmallIntegerField()),
                ("word", models.CharField(max_length=12)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.sitting.Stage["CALLED"], "已通知"),
                            (mingchuang.council.rules.sitting.Stage["OPEN"], "正在开会"),
                            (mingchuang.council.rules.sitting.Stage["CLOSED"], "已散会"),
                            (mingchuang.council.rules.sitting.Stage["OFF"], "已取消"),
                        ],
                        max_length=6,
                    ),
                ),
                ("cancelled_because", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "convenor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="council.roster",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_sitting_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stage__in", ["called", "open"])),
                        fields=("topic",),
                        name="council_sitting_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), _negated=True),
                            models.Q(("agenda", ""), _negated=True),
                            models.Q(("word", ""), _negated=True),
                        ),
                        name="council_sitting_says_where_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opponents_least__gte", 1),
                            ("opponents_percent__lte", 99),
                            ("seats_percent__lte", 99),
                        ),
                        name="council_sitting_quorum_can_be_met",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("opened_at", None),
                                ("stage__in", ["called", "off"]),
                            ),
                            models.Q(
                                ("closed_at", None), ("opened_at__isnull", False), ("stage", "open")
                            ),
                            models.Q(
                                ("closed_at__gte", models.F("opened_at")),
                                ("closed_at__isnull", False),
                                ("opened_at__isnull", False),
                                ("stage", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="council_sitting_happens_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stage", "off"), models.Q(("cancelled_because", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("stage", "off"), _negated=True), ("cancelled_because", "")
                            ),
                            _connector="OR",
                        ),
                        name="council_sitting_off_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stakeholder",
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
                ("number", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=32, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("phone_index", models.CharField(blank=True, max_length=64)),
                (
                    "affected",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.register.Affected["DIRECT"], "直接受影响"),
                            (mingchuang.council.rules.register.Affected["NEAR"], "住在附近"),
                            (
                                mingchuang.council.rules.register.Affected["INTERESTED"],
                                "关心这件事",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("must_because", models.CharField(blank=True, max_length=100)),
                ("claim", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("features", models.JSONField(default=dict)),
                (
                    "camp",
                    models.CharField(
                        blank=True,
                        choices=[
                            (mingchuang.council.rules.register.Camp["SUPPORT"], "赞成"),
                            (mingchuang.council.rules.register.Camp["OPPOSE"], "反对"),
                            (mingchuang.council.rules.register.Camp["UNDECIDED"], "还没想好"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        blank=True,
                        choices=[
                            (mingchuang.council.rules.register.Proof["LINK"], "本人在网页上表明"),
                            (mingchuang.council.rules.register.Proof["PAPER"], "本人在纸上表明"),
                            (
                                mingchuang.council.rules.register.Proof["OBJECTION"],
                                "有记录的反对意见",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("objection", models.CharField(blank=True, max_length=40)),
                ("camp_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="council.household",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.picture",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stakes",
                        to="people.requester",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stakeholders",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "number"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["topic", "camp"], name="council_stakeholder_camp")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="council_stakeholder_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        fields=("topic", "number"), name="council_stakeholder_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("phone_index", ""), _negated=True), ("withdrawn_at", None)
                        ),
                        fields=("topic", "phone_index"),
                        name="council_stakeholder_phone_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "affected__in",
                                [
                                    mingchuang.council.rules.register.Affected["DIRECT"],
                                    mingchuang.council.rules.register.Affected["NEAR"],
                                    mingchuang.council.rules.register.Affected["INTERESTED"],
                                ],
                            )
                        ),
                        name="council_stakeholder_affected_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("affected", "direct"),
                                models.Q(("must_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("affected", "direct"), _negated=True),
                                ("must_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="council_stakeholder_must_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("camp", ""), ("camp_at", None), ("proof", "")),
                            models.Q(
                                (
                                    "camp__in",
                                    [
                                        mingchuang.council.rules.register.Camp["SUPPORT"],
                                        mingchuang.council.rules.register.Camp["OPPOSE"],
                                        mingchuang.council.rules.register.Camp["UNDECIDED"],
                                    ],
                                ),
                                ("camp_at__isnull", False),
                                (
                                    "proof__in",
                                    [
                                        mingchuang.council.rules.register.Proof["LINK"],
                                        mingchuang.council.rules.register.Proof["PAPER"],
                                        mingchuang.council.rules.register.Proof["OBJECTION"],
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="council_camp_has_a_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paper__isnull", False), ("proof", "paper")),
                            models.Q(models.Q(("proof", "paper"), _negated=True), ("paper", None)),
                            _connector="OR",
                        ),
                        name="council_camp_on_paper_shows_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("camp", "oppose"),
                                ("proof", "objection"),
                                models.Q(("objection", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("proof", "objection"), _negated=True), ("objection", "")
                            ),
                            _connector="OR",
                        ),
                        name="council_camp_by_objection_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="council.option",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="council.stakeholder",
                    ),
                ),
            ],
            options={
                "ordering": ["option", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("option", "number"), name="council_condition_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="council_condition_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.minutes.Stage["DRAFT"], "正在整理"),
                            (mingchuang.council.rules.minutes.Stage["OUT"], "请到会的人核对"),
                            (mingchuang.council.rules.minutes.Stage["FROZEN"], "已定稿"),
                        ],
                        max_length=6,
                    ),
                ),
                ("seen", models.TextField(blank=True)),
                ("outcome", models.TextField(blank=True)),
                ("dissent", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("frozen_at", models.DateTimeField(null=True)),
                ("body", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "sitting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="council.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ["sitting"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    mingchuang.council.rules.minutes.Stage["DRAFT"],
                                    mingchuang.council.rules.minutes.Stage["OUT"],
                                    mingchuang.council.rules.minutes.Stage["FROZEN"],
                                ],
                            )
                        ),
                        name="council_minutes_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("stage", "draft"), ("until", None)),
                            models.Q(
                                models.Q(("stage", "draft"), _negated=True),
                                ("sent_at__isnull", False),
                                ("until__gt", models.F("sent_at")),
                                ("until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="council_minutes_out_have_a_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("frozen_at__gte", models.F("until")),
                                ("frozen_at__isnull", False),
                                ("stage", "frozen"),
                            ),
                            models.Q(
                                models.Q(("stage", "frozen"), _negated=True), ("frozen_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="council_minutes_frozen_after_their_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", ""), ("sha256", ""), ("stage", "draft")),
                            models.Q(
                                models.Q(("stage", "draft"), _negated=True),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                models.Q(("body", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_minutes_out_are_a_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "force",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.binding.Force["BINDING"], "有约束力的决议"),
                            (
                                mingchuang.council.rules.binding.Force["PROPOSAL"],
                                "提交业主共同决定的建议",
                            ),
                            (mingchuang.council.rules.binding.Force["OPINION"], "到会居民的意见"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                ("uninvited", models.PositiveSmallIntegerField()),
                ("missing", models.JSONField(default=list)),
                ("seats_needed", models.PositiveSmallIntegerField()),
                ("seats_present", models.PositiveSmallIntegerField()),
                ("opponents_needed", models.PositiveSmallIntegerField()),
                ("opponents_present", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("until", models.DateField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("options", models.ManyToManyField(related_name="decisions", to="council.option")),
                (
                    "sitting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="council.sitting",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="council.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("force__in", ["binding", "proposal"])),
                        fields=("topic",),
                        name="council_decision_one_a_topic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "force__in",
                                [
                                    mingchuang.council.rules.binding.Force["BINDING"],
                                    mingchuang.council.rules.binding.Force["PROPOSAL"],
                                    mingchuang.council.rules.binding.Force["OPINION"],
                                ],
                            )
                        ),
                        name="council_decision_force_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="council_decision_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("force__in", ["binding", "proposal"]), _negated=True),
                            models.Q(
                                ("opponents_present__gte", models.F("opponents_needed")),
                                ("seats_present__gte", models.F("seats_needed")),
                                ("uninvited", 0),
                            ),
                            _connector="OR",
                        ),
                        name="council_decision_rests_on_p10",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("until", None)),
                            models.Q(("published_at__isnull", False), ("until__isnull", False)),
                            _connector="OR",
                        ),
                        name="council_notice_has_a_last_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=16)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("plan", models.TextField(blank=True)),
                ("impossible", models.JSONField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("round", models.PositiveSmallIntegerField()),
                ("relaxed", models.JSONField(default=list)),
                ("ticket", models.PositiveSmallIntegerField(null=True)),
                (
                    "lottery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refills",
                        to="council.lottery",
                    ),
                ),
            ],
            options={
                "ordering": ["lottery", "round"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lottery", "round"), name="council_refill_round_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("made_at", None)),
                        fields=("lottery",),
                        name="council_refill_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impossible__isnull", True), ("made_at", None), ("plan", "")),
                            models.Q(
                                ("made_at__isnull", False),
                                models.Q(
                                    models.Q(
                                        models.Q(("plan", ""), _negated=True),
                                        ("impossible__isnull", True),
                                    ),
                                    models.Q(("plan", ""), ("impossible__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="council_refill_is_made_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("plan", ""), ("ticket", None)),
                            models.Q(
                                models.Q(("plan", ""), _negated=True), ("ticket__range", (0, 999))
                            ),
                            _connector="OR",
                        ),
                        name="council_refill_has_a_ticket",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.PositiveIntegerField()),
                ("floor", models.SmallIntegerField()),
                ("benefit", models.PositiveIntegerField(default=100)),
                (
                    "exempt",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                ("exempt_because", models.CharField(blank=True, max_length=100)),
                ("amount", models.PositiveBigIntegerField(null=True)),
                (
                    "cost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="council.costshare",
                    ),
                ),
                (
                    "flat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="council.flat",
                    ),
                ),
            ],
            options={
                "ordering": ["cost", "flat__number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cost", "flat"), name="council_share_once_a_flat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exempt", 0), ("exempt_because", "")),
                            models.Q(
                                ("exempt__range", (1, 100)),
                                models.Q(("exempt_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_share_exemption_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exempt", 100), _negated=True),
                            ("amount", None),
                            ("amount", 0),
                            _connector="OR",
                        ),
                        name="council_share_exempt_pays_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                            (mingchuang.council.rules.register.Why["MUST"], "直接受影响，必须在场"),
                            (mingchuang.council.rules.register.Why["DRAWN"], "抽签抽中"),
                            (mingchuang.council.rules.register.Why["REFILL"], "补抽抽中"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.register.SeatState["DRAWN"], "等待答复"),
                            (mingchuang.council.rules.register.SeatState["ACCEPTED"], "答应参加"),
                            (mingchuang.council.rules.register.SeatState["DECLINED"], "谢绝"),
                            (mingchuang.council.rules.register.SeatState["LOST"], "空缺"),
                        ],
                        max_length=8,
                    ),
                ),
                ("lost_because", models.CharField(blank=True, max_length=200)),
                ("mandate", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.household",
                    ),
                ),
                (
                    "proxy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.requester",
                    ),
                ),
                (
                    "refills",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refilled_by",
                        to="council.seat",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="council.roster",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="council.stakeholder",
                    ),
                ),
            ],
            options={
                "ordering": ["roster", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("roster", "stakeholder"), name="council_seat_once_a_person"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["accepted", "drawn"])),
                        fields=("roster", "household"),
                        name="council_seat_once_a_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    mingchuang.council.rules.register.SeatState["DRAWN"],
                                    mingchuang.council.rules.register.SeatState["ACCEPTED"],
                                    mingchuang.council.rules.register.SeatState["DECLINED"],
                                    mingchuang.council.rules.register.SeatState["LOST"],
                                ],
                            )
                        ),
                        name="council_seat_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refills__isnull", False), ("why", "refill")),
                            models.Q(("refills", None), ("why__in", ["must", "drawn"])),
                            _connector="OR",
                        ),
                        name="council_seat_refill_names_whose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refills", models.F("id")), _negated=True),
                        name="council_seat_does_not_refill_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "drawn")),
                            models.Q(
                                models.Q(("state", "drawn"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="council_seat_answered_when_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "lost"), models.Q(("lost_because", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "lost"), _negated=True), ("lost_because", "")
                            ),
                            _connector="OR",
                        ),
                        name="council_seat_lost_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mandate", ""), ("proxy", None)),
                            models.Q(
                                ("proxy__isnull", False), models.Q(("mandate", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="council_proxy_has_a_mandate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.inviting.Channel["NOTICE"], "张贴通知"),
                            (mingchuang.council.rules.inviting.Channel["SMS"], "短信"),
                            (mingchuang.council.rules.inviting.Channel["CALL"], "打电话"),
                            (mingchuang.council.rules.inviting.Channel["DOOR"], "上门"),
                            (mingchuang.council.rules.inviting.Channel["FAMILY"], "请家属转告"),
                            (mingchuang.council.rules.inviting.Channel["LINK"], "本人在网页上答复"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.inviting.Outcome["LEFT"], "已送达，没有见面"),
                            (
                                mingchuang.council.rules.inviting.Outcome["REACHED"],
                                "已当面或电话告知",
                            ),
                            (mingchuang.council.rules.inviting.Outcome["ACCEPTED"], "答应参加"),
                            (mingchuang.council.rules.inviting.Outcome["DECLINED"], "不参加"),
                            (mingchuang.council.rules.inviting.Outcome["ABSENT"], "没有人应"),
                            (mingchuang.council.rules.inviting.Outcome["WRONG"], "号码或地址不对"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note", mingchuang.people.fields.EncryptedTextField(blank=True)),
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
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.picture",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="council.roster",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="council.stakeholder",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(fields=["roster", "stakeholder"], name="council_invitation_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "notice"), ("outcome__in", ["left"])),
                            models.Q(("channel", "sms"), ("outcome__in", ["left", "wrong"])),
                            models.Q(
                                ("channel", "call"),
                                (
                                    "outcome__in",
                                    ["absent", "accepted", "declined", "reached", "wrong"],
                                ),
                            ),
                            models.Q(
                                ("channel", "door"),
                                (
                                    "outcome__in",
                                    ["absent", "accepted", "declined", "left", "reached", "wrong"],
                                ),
                            ),
                            models.Q(
                                ("channel", "family"),
                                ("outcome__in", ["accepted", "declined", "reached"]),
                            ),
                            models.Q(
                                ("channel", "link"), ("outcome__in", ["accepted", "declined"])
                            ),
                            _connector="OR",
                        ),
                        name="council_invitation_outcome_is_possible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "notice"), _negated=True),
                            ("picture__isnull", False),
                            _connector="OR",
                        ),
                        name="council_notice_is_shown_where_it_hangs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("channel", "link")),
                            models.Q(
                                models.Q(("channel", "link"), _negated=True), ("by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="council_invitation_made_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
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
                    "choice",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.ballot.Choice["FOR"], "同意"),
                            (mingchuang.council.rules.ballot.Choice["AGAINST"], "不同意"),
                            (mingchuang.council.rules.ballot.Choice["ABSTAIN"], "弃权"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.polling.Way["LINK"], "本人在网页上表决"),
                            (mingchuang.council.rules.polling.Way["PAPER"], "纸质票"),
                        ],
                        max_length=5,
                    ),
                ),
                ("filed", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                ("replaced_because", models.CharField(blank=True, max_length=200)),
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
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="council.paper",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.picture",
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
                        name="council_vote_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("paper",),
                        name="council_vote_one_a_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "choice__in",
                                [
                                    mingchuang.council.rules.ballot.Choice["FOR"],
                                    mingchuang.council.rules.ballot.Choice["AGAINST"],
                                    mingchuang.council.rules.ballot.Choice["ABSTAIN"],
                                ],
                            ),
                            models.Q(
                                ("choice", ""),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("salt"), 0
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="council_vote_choice_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("by__isnull", False),
                                ("way", "paper"),
                                models.Q(
                                    models.Q(("filed", ""), _negated=True),
                                    ("picture__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("by", None), ("filed", ""), ("picture", None), ("way", "link")
                            ),
                            _connector="OR",
                        ),
                        name="council_vote_on_paper_was_entered_and_filed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_because", ""),
                            ("replaced_at__isnull", False),
                            _connector="OR",
                        ),
                        name="council_vote_reason_only_where_replaced",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
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
                ("number", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=32, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.notice.Stage["RECEIVED"], "已收到"),
                            (mingchuang.council.rules.notice.Stage["REVIEWED"], "正在复议"),
                            (mingchuang.council.rules.notice.Stage["UPHELD"], "已追加措施"),
                            (mingchuang.council.rules.notice.Stage["ANSWERED"], "已答复"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("is_late", models.BooleanField()),
                ("gist", models.CharField(blank=True, max_length=300)),
                ("answer", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="council.decision",
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
                    "requester",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="people.requester",
                    ),
                ),
            ],
            options={
                "ordering": ["decision", "number"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="council_objection_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        fields=("decision", "number"), name="council_objection_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    mingchuang.council.rules.notice.Stage["RECEIVED"],
                                    mingchuang.council.rules.notice.Stage["REVIEWED"],
                                    mingchuang.council.rules.notice.Stage["UPHELD"],
                                    mingchuang.council.rules.notice.Stage["ANSWERED"],
                                ],
                            )
                        ),
                        name="council_objection_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stage__in", ["received", "reviewed"]),
                                ("answer", ""),
                                ("answered_at", None),
                            ),
                            models.Q(
                                models.Q(("stage__in", ["received", "reviewed"]), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("gist", ""), _negated=True),
                                ("answered_at__gte", models.F("at")),
                                ("answered_at__isnull", False),
                                ("by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="council_objection_is_answered_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage__in", ["reviewed", "upheld"]), _negated=True),
                            ("reviewed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="council_objection_upheld_was_reviewed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
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
                ("amount", models.PositiveBigIntegerField()),
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
                    "share",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledge",
                        to="council.share",
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
                        name="council_pledge_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 1)), name="council_pledge_is_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Movement",
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
                    "kind",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.account.Move["PAYMENT"], "收款"),
                            (mingchuang.council.rules.account.Move["REFUND"], "退款"),
                            (mingchuang.council.rules.account.Move["EXPENSE"], "支出"),
                        ],
                        max_length=7,
                    ),
                ),
                ("amount", models.PositiveBigIntegerField()),
                ("paper", models.CharField(max_length=40)),
                ("why", models.CharField(blank=True, max_length=120)),
                ("on", models.DateField()),
                ("key", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(null=True)),
                ("struck_because", models.CharField(blank=True, max_length=120)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="council.costshare",
                    ),
                ),
                (
                    "share",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="council.share",
                    ),
                ),
            ],
            options={
                "ordering": ["cost", "pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["cost", "kind"], name="council_movement_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="council_movement_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("struck_at", None)),
                        fields=("cost", "kind", "paper"),
                        name="council_movement_paper_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 1)),
                        name="council_movement_moves_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paper", ""), _negated=True),
                        name="council_movement_has_a_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "expense"), ("share", None)),
                            models.Q(("kind__in", ["payment", "refund"]), ("share__isnull", False)),
                            _connector="OR",
                        ),
                        name="council_movement_of_a_household_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "payment"),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="council_movement_out_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("struck_at", None), ("struck_because", "")),
                            models.Q(
                                ("struck_at__isnull", False),
                                models.Q(("struck_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="council_movement_struck_has_a_reason",
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
                ("number", models.PositiveSmallIntegerField()),
                ("caption", models.CharField(max_length=120)),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shots",
                        to="council.minutes",
                    ),
                ),
                (
                    "picture",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shot",
                        to="council.picture",
                    ),
                ),
            ],
            options={
                "ordering": ["minutes", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "number"), name="council_shot_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("caption", ""), _negated=True),
                        name="council_shot_says_what_it_shows",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
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
                    "stance",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.sitting.Stance["FOR"], "同意"),
                            (mingchuang.council.rules.sitting.Stance["AGAINST"], "不同意"),
                            (mingchuang.council.rules.sitting.Stance["IF"], "同意，但有条件"),
                        ],
                        max_length=7,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
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
                    "condition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="council.condition",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="council.option",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="council.sitting",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="council.stakeholder",
                    ),
                ),
            ],
            options={
                "ordering": ["option", "stakeholder", "at"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="council_position_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("option", "stakeholder"),
                        name="council_position_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("condition__isnull", False), ("stance", "if")),
                            models.Q(("condition", None), ("stance__in", ["for", "against"])),
                            _connector="OR",
                        ),
                        name="council_yes_if_names_its_condition",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("handed_at", models.DateTimeField(null=True)),
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
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="council.minutes",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="council.stakeholder",
                    ),
                ),
            ],
            options={
                "ordering": ["minutes", "stakeholder__number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "stakeholder"), name="council_letter_one_a_reader"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_at", None), ("sent_at", None)),
                            ("next_at", None),
                            _connector="OR",
                        ),
                        name="council_letter_sent_is_not_tried_again",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("handed_at", None)),
                            models.Q(("by__isnull", False), ("handed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="council_letter_handed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Joining",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to="council.condition",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to="council.stakeholder",
                    ),
                ),
            ],
            options={
                "ordering": ["condition", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("condition", "stakeholder"), name="council_joining_once_a_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.sitting.Way["LINK"], "用手机签到"),
                            (mingchuang.council.rules.sitting.Way["PAPER"], "在签到表上签到"),
                        ],
                        max_length=5,
                    ),
                ),
                ("mandate", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
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
                    "seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="council.seat",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="council.sitting",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="council.stakeholder",
                    ),
                ),
            ],
            options={
                "ordering": ["sitting", "at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sitting", "stakeholder"), name="council_attendance_once_a_person"
                    ),
                    models.UniqueConstraint(
                        fields=("sitting", "seat"), name="council_attendance_once_a_seat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("way", "link")),
                            models.Q(("by__isnull", False), ("way", "paper")),
                            _connector="OR",
                        ),
                        name="council_attendance_written_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_at", None), ("left_at__gte", models.F("at")), _connector="OR"
                        ),
                        name="council_attendance_left_after_it_came",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
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
                ("number", models.PositiveSmallIntegerField()),
                ("guest", models.CharField(blank=True, max_length=40)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="council.minutes",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="council.stakeholder",
                    ),
                ),
            ],
            options={
                "ordering": ["minutes", "number"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.In(
                                django.db.models.functions.text.Length("salt"), [0, 16]
                            )
                        ),
                        name="council_statement_salt_whole_or_erased",
                    ),
                    models.UniqueConstraint(
                        fields=("minutes", "number"), name="council_statement_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest", ""), ("stakeholder__isnull", False)),
                            models.Q(("stakeholder", None), models.Q(("guest", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="council_statement_has_one_speaker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="council_statement_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.sitting.Method["HANDS"], "举手表决"),
                            (mingchuang.council.rules.sitting.Method["PAPER"], "书面表决"),
                            (
                                mingchuang.council.rules.sitting.Method["AGREED"],
                                "协商一致，没有人反对",
                            ),
                        ],
                        max_length=6,
                    ),
                ),
                ("present", models.PositiveSmallIntegerField()),
                ("in_favour", models.PositiveSmallIntegerField()),
                ("against", models.PositiveSmallIntegerField()),
                ("abstained", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="council.minutes",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="council.option",
                    ),
                ),
            ],
            options={
                "ordering": ["minutes", "option"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "option"), name="council_tally_once_an_option"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "present__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("in_favour"), "+", models.F("against")
                                    ),
                                    "+",
                                    models.F("abstained"),
                                ),
                            )
                        ),
                        name="council_tally_of_no_more_than_were_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "agreed"), _negated=True),
                            ("against", 0),
                            _connector="OR",
                        ),
                        name="council_agreed_means_nobody_against",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="council.decision",
                    ),
                ),
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measure",
                        to="council.objection",
                    ),
                ),
            ],
            options={
                "ordering": ["decision", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "number"), name="council_measure_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="council_measure_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.minutes.Reading["CONFIRMED"], "记录无误"),
                            (mingchuang.council.rules.minutes.Reading["CORRECTED"], "有一处要更正"),
                        ],
                        max_length=9,
                    ),
                ),
                ("text", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("at", models.DateTimeField()),
                ("is_taken_in", models.BooleanField(null=True)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="council.minutes",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="council.stakeholder",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="council.statement",
                    ),
                ),
            ],
            options={
                "ordering": ["minutes", "at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reading", "confirmed")),
                        fields=("minutes", "stakeholder"),
                        name="council_confirmed_once_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reading", "confirmed"), ("statement", None), ("text", "")),
                            models.Q(
                                ("reading", "corrected"), models.Q(("text", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="council_correction_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at", None),
                                ("by", None),
                                ("is_taken_in", None),
                            ),
                            models.Q(
                                ("answered_at__gte", models.F("at")),
                                ("answered_at__isnull", False),
                                ("by__isnull", False),
                                ("is_taken_in__isnull", False),
                                ("reading", "corrected"),
                            ),
                            _connector="OR",
                        ),
                        name="council_correction_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_taken_in", True), models.Q(("after", ""), _negated=True)),
                            models.Q(
                                models.Q(("is_taken_in", True), _negated=True),
                                ("after", ""),
                                ("before", ""),
                            ),
                            _connector="OR",
                        ),
                        name="council_correction_taken_in_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_taken_in", False), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="council_correction_refused_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("obligor", models.CharField(max_length=80)),
                ("how", models.CharField(max_length=300)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.checking.Rhythm["ONCE"], "一次"),
                            (mingchuang.council.rules.checking.Rhythm["WEEKLY"], "每周一次"),
                            (mingchuang.council.rules.checking.Rhythm["MONTHLY"], "每月一次"),
                            (mingchuang.council.rules.checking.Rhythm["QUARTERLY"], "每季度一次"),
                            (mingchuang.council.rules.checking.Rhythm["YEARLY"], "每年一次"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "condition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="council.condition",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="council.decision",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="council.measure",
                    ),
                ),
            ],
            options={
                "ordering": ["decision", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "number"), name="council_commitment_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("obligor", ""), _negated=True),
                            models.Q(("how", ""), _negated=True),
                        ),
                        name="council_commitment_says_what_who_and_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))),
                        name="council_commitment_has_a_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                (
                    "result",
                    models.CharField(
                        choices=[
                            (mingchuang.council.rules.checking.Result["DUE"], "待检查"),
                            (mingchuang.council.rules.checking.Result["PASSED"], "做到了"),
                            (mingchuang.council.rules.checking.Result["FAILED"], "没有做到"),
                            (mingchuang.council.rules.checking.Result["MISSED"], "到期没有人检查"),
                        ],
                        max_length=6,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="cases.case",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="council.commitment",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.picture",
                    ),
                ),
            ],
            options={
                "ordering": ["commitment", "number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("result", "due")),
                        fields=["due_on"],
                        name="council_check_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commitment", "number"), name="council_check_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("commitment", "due_on"), name="council_check_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("result__in", ["failed", "passed"])),
                            models.Q(
                                models.Q(("result__in", ["failed", "passed"]), _negated=True),
                                ("by", None),
                                ("note", ""),
                                ("picture", None),
                            ),
                            _connector="OR",
                        ),
                        name="council_check_done_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("result", "due")),
                            models.Q(
                                models.Q(("result", "due"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="council_check_ended_when_it_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("result__in", ["failed", "missed"])),
                            models.Q(
                                models.Q(("result__in", ["failed", "missed"]), _negated=True),
                                ("case", None),
                            ),
                            _connector="OR",
                        ),
                        name="council_broken_promise_is_a_case",
                    ),
                ],
            },
        ),
        migrations.RunPython(guards.install, guards.remove),
        migrations.RunPython(sealed.install, sealed.lift),
        frozen.SET_AGAIN,
    ]
