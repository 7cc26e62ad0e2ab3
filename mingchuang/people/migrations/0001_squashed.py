import uuid

import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import mingchuang.ledger.models
import mingchuang.people.fields


def keep_in_passing(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Counters of attempts need not outlive a crash: nobody waits for the disk because of them."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE people_attempt SET UNLOGGED")


def keep_safely(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE people_attempt SET LOGGED")


class Migration(migrations.Migration):
    # Houses made before these were made one migration have had them all.
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_attempts_in_passing"),
    ]
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "username",
                    models.CharField(
                        max_length=60,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="用户名",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                (
                    "badge",
                    models.CharField(
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9-]+\\Z", "工号只用字母、数字和短横线。"
                            )
                        ],
                        verbose_name="工号",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="邮箱")),
                ("is_active", models.BooleanField(default=True, verbose_name="在职")),
                ("is_superuser", models.BooleanField(default=False, verbose_name="最高管理员")),
            ],
            options={
                "verbose_name": "工作人员",
                "verbose_name_plural": "工作人员",
                "ordering": ["badge"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("badge", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="people_person_has_badge",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="people_person_one_per_email",
                        violation_error_message="这个邮箱已经属于另一位工作人员。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("window_start", models.DateTimeField(db_index=True)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1)), name="people_attempt_was_made"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="英文名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("city", "市、区"),
                            ("bureau", "部门"),
                            ("hall", "办事大厅"),
                            ("community", "社区"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("path", models.CharField(editable=False, max_length=200, unique=True)),
                ("active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="people.unit",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
                "ordering": ["path"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["city", "bureau", "hall", "community"])),
                        name="people_unit_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("path__endswith", "/"), ("path__startswith", "/")),
                        name="people_unit_path_is_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="people_unit_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Requester",
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
                ("handle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("individual", "个人"), ("organisation", "单位")],
                        default="individual",
                        max_length=12,
                    ),
                ),
                ("name", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("phone", mingchuang.people.fields.EncryptedTextField(blank=True)),
                ("address", mingchuang.people.fields.EncryptedTextField(blank=True)),
                (
                    "phone_index",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                ("representative_of", models.PositiveIntegerField(default=0)),
                (
                    "vulnerability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "无"),
                            ("elderly", "老年人"),
                            ("disabled", "残疾人"),
                            ("pregnant", "孕妇"),
                            ("ill", "病患"),
                            ("other_need", "其他需要照顾"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")],
                        default="zh-hans",
                        max_length=7,
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
                        name="people_requester_salt_whole_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["individual", "organisation"])),
                        name="people_requester_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "vulnerability__in",
                                ["", "elderly", "disabled", "pregnant", "ill", "other_need"],
                            )
                        ),
                        name="people_requester_need_is_a_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone", ""), ("phone_index", "")),
                            models.Q(
                                models.Q(("phone", ""), _negated=True),
                                models.Q(("phone_index", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="people_requester_phone_and_index_come_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reception", "前台接待"),
                            ("dispatcher", "派单员"),
                            ("handler", "承办人员"),
                            ("callback", "回访员"),
                            ("supervisor", "督办员"),
                            ("convenor", "议事召集人"),
                            ("auditor", "审计员"),
                            ("administrator", "系统管理员"),
                        ],
                        max_length=13,
                        verbose_name="岗位",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="起")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="止")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="工作人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="people.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ["person", "since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "reception",
                                    "dispatcher",
                                    "handler",
                                    "callback",
                                    "supervisor",
                                    "convenor",
                                    "auditor",
                                    "administrator",
                                ],
                            )
                        ),
                        name="people_post_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="people_post_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("person", "unit", "role"),
                        name="people_post_held_once_at_a_time",
                        violation_error_message="这个人在这个单位已经担任这个岗位。",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep_in_passing, keep_safely),
    ]
