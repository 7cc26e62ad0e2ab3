import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

from mingchuang.base.search.index import Index

GUIDES = Index("hall_guide_found")


class Migration(migrations.Migration):
    # Houses made before these were made one migration have had them all.
    replaces = [
        ("hall", "0001_initial"),
        ("hall", "0002_kept_and_whole"),
        ("hall", "0003_amounts_within_reason"),
        ("hall", "0004_guides_found"),
        ("hall", "0005_guides_follow_units"),
        ("hall", "0006_guides_sorted_soon"),
        ("hall", "0007_what_is_put_right"),
        ("hall", "0008_standards_moved"),
    ]
    initial = True

    dependencies = [
        ("people", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="年份")),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
                ("retrieved_on", models.DateField(verbose_name="取得日期")),
                ("version", models.CharField(max_length=12, verbose_name="版本")),
                ("loaded_at", models.DateTimeField(verbose_name="导入时间")),
            ],
            options={
                "verbose_name": "法定日历",
                "verbose_name_plural": "法定日历",
                "ordering": ["year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="hall_calendar_names_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="事项代码")),
                ("name", models.CharField(max_length=200, verbose_name="事项名称")),
                (
                    "item_kind",
                    models.CharField(
                        choices=[("on_the_spot", "即办件"), ("promised", "承诺件")],
                        max_length=11,
                        verbose_name="办件类型",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("individual", "个人"),
                            ("organisation", "单位"),
                            ("everyone", "个人和单位"),
                        ],
                        max_length=12,
                        verbose_name="服务对象",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_items",
                        to="people.unit",
                        verbose_name="实施单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "服务事项",
                "verbose_name_plural": "服务事项",
                "ordering": ["unit__path", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="hall_item_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("item_kind__in", ["on_the_spot", "promised"])),
                        name="hall_item_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__in", ["individual", "organisation", "everyone"])
                        ),
                        name="hall_item_audience",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("address", models.CharField(max_length=200, verbose_name="地址")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="电话")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="people.unit",
                        verbose_name="管理单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "服务场所",
                "verbose_name_plural": "服务场所",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("address", ""), _negated=True),
                        ),
                        name="hall_site_can_be_found",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("profile", models.SlugField(max_length=40, verbose_name="时限方案")),
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
                        max_length=10,
                        verbose_name="诉求类型",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("normal", "一般"), ("urgent", "紧急"), ("critical", "特急")],
                        max_length=8,
                        verbose_name="紧急程度",
                    ),
                ),
                (
                    "start_rule",
                    models.CharField(
                        choices=[("next_day", "从次日起算"), ("same_day", "从当天起算")],
                        max_length=8,
                        verbose_name="起算",
                    ),
                ),
                (
                    "first_contact_amount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="先行联系",
                    ),
                ),
                (
                    "first_contact_measure",
                    models.CharField(
                        choices=[("hour", "小时"), ("day", "天"), ("working_day", "个工作日")],
                        max_length=11,
                        verbose_name="计量",
                    ),
                ),
                (
                    "finish_amount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="办结",
                    ),
                ),
                (
                    "finish_measure",
                    models.CharField(
                        choices=[("hour", "小时"), ("day", "天"), ("working_day", "个工作日")],
                        max_length=11,
                        verbose_name="计量",
                    ),
                ),
                (
                    "callback_amount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="回访",
                    ),
                ),
                (
                    "callback_measure",
                    models.CharField(
                        choices=[("hour", "小时"), ("day", "天"), ("working_day", "个工作日")],
                        max_length=11,
                        verbose_name="计量",
                    ),
                ),
                (
                    "return_amount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="退单",
                    ),
                ),
                (
                    "return_measure",
                    models.CharField(
                        choices=[("hour", "小时"), ("day", "天"), ("working_day", "个工作日")],
                        max_length=11,
                        verbose_name="计量",
                    ),
                ),
                (
                    "extension_amount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="每次最多延期",
                    ),
                ),
                (
                    "extension_measure",
                    models.CharField(
                        choices=[("hour", "小时"), ("day", "天"), ("working_day", "个工作日")],
                        max_length=11,
                        verbose_name="计量",
                    ),
                ),
                (
                    "extension_times",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="可延期次数",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
                (
                    "assumed",
                    models.JSONField(blank=True, default=list, verbose_name="本系统缺省的项"),
                ),
            ],
            options={
                "verbose_name": "办理时限",
                "verbose_name_plural": "办理时限",
                "ordering": ["profile", "kind", "urgency"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "kind", "urgency"),
                        name="hall_limit_one_per_kind_and_urgency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_contact_amount__gt", 0),
                            ("first_contact_measure__in", ["hour", "day", "working_day"]),
                        ),
                        name="hall_limit_first_contact",
                        violation_error_message="每一项时限至少是 1。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finish_amount__gt", 0),
                            ("finish_measure__in", ["hour", "day", "working_day"]),
                        ),
                        name="hall_limit_finish",
                        violation_error_message="每一项时限至少是 1。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("callback_amount__gt", 0),
                            ("callback_measure__in", ["hour", "day", "working_day"]),
                        ),
                        name="hall_limit_callback",
                        violation_error_message="每一项时限至少是 1。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("return_amount__gt", 0),
                            ("return_measure__in", ["hour", "day", "working_day"]),
                        ),
                        name="hall_limit_return",
                        violation_error_message="每一项时限至少是 1。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extension_amount__gt", 0),
                            ("extension_measure__in", ["hour", "day", "working_day"]),
                        ),
                        name="hall_limit_extension",
                        violation_error_message="每一项时限至少是 1。",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Replace(
                                django.db.models.functions.text.Replace(
                                    django.db.models.functions.text.Replace(
                                        django.db.models.functions.text.Replace(
                                            django.db.models.functions.text.Replace(
                                                django.db.models.functions.text.Replace(
                                                    django.db.models.functions.text.Replace(
                                                        django.db.models.functions.text.Replace(
                                                            django.db.models.functions.comparison.Cast(
                                                                "assumed", models.TextField()
                                                            ),
                                                            models.Value(
                                                                '"first_contact"',
                                                                models.TextField(),
                                                            ),
                                                            models.Value("", models.TextField()),
                                                            output_field=models.TextField(),
                                                        ),
                                                        models.Value(
                                                            '"finish"', models.TextField()
                                                        ),
                                                        models.Value("", models.TextField()),
                                                        output_field=models.TextField(),
                                                    ),
                                                    models.Value('"callback"', models.TextField()),
                                                    models.Value("", models.TextField()),
                                                    output_field=models.TextField(),
                                                ),
                                                models.Value('"return"', models.TextField()),
                                                models.Value("", models.TextField()),
                                                output_field=models.TextField(),
                                            ),
                                            models.Value('"extension"', models.TextField()),
                                            models.Value("", models.TextField()),
                                            output_field=models.TextField(),
                                        ),
                                        models.Value('"extension_times"', models.TextField()),
                                        models.Value("", models.TextField()),
                                        output_field=models.TextField(),
                                    ),
                                    models.Value(",", models.TextField()),
                                    models.Value("", models.TextField()),
                                    output_field=models.TextField(),
                                ),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value("[]", models.TextField()),
                        ),
                        name="hall_limit_assumes_known_parts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "inquiry",
                                    "assistance",
                                    "complaint",
                                    "report",
                                    "suggestion",
                                    "praise",
                                    "other",
                                    "rectify",
                                ],
                            )
                        ),
                        name="hall_limit_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["normal", "urgent", "critical"])),
                        name="hall_limit_urgency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start_rule__in", ["next_day", "same_day"])),
                        name="hall_limit_start_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="hall_limit_names_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guide",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("conditions", models.TextField(blank=True, verbose_name="受理条件")),
                (
                    "materials",
                    models.TextField(
                        blank=True, help_text="一行写一份材料。", verbose_name="申请材料"
                    ),
                ),
                (
                    "procedure",
                    models.TextField(blank=True, help_text="一行写一步。", verbose_name="办理程序"),
                ),
                (
                    "legal_limit",
                    models.CharField(blank=True, max_length=60, verbose_name="法定时限"),
                ),
                ("promised_limit", models.CharField(max_length=60, verbose_name="承诺时限")),
                ("fee", models.CharField(max_length=200, verbose_name="收费")),
                (
                    "place",
                    models.CharField(blank=True, max_length=200, verbose_name="办理地点说明"),
                ),
                (
                    "basis",
                    models.TextField(blank=True, help_text="一行写一条。", verbose_name="办理依据"),
                ),
                ("updated_on", models.DateField(verbose_name="更新日期")),
                ("found_under", models.CharField(default="", editable=False, max_length=210)),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guide",
                        to="hall.serviceitem",
                        verbose_name="服务事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "办事指南",
                "verbose_name_plural": "办事指南",
                "ordering": ["item__code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("promised_limit", ""), _negated=True),
                            models.Q(("fee", ""), _negated=True),
                        ),
                        name="hall_guide_names_limit_and_fee",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
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
                ("opens", models.TimeField(verbose_name="开门")),
                ("closes", models.TimeField(verbose_name="关门")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours",
                        to="hall.site",
                        verbose_name="服务场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "开放时间",
                "verbose_name_plural": "开放时间",
                "ordering": ["site", "weekday", "opens"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "weekday", "opens"), name="hall_hours_one_shift_per_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="hall_hours_weekday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))),
                        name="hall_hours_close_after_opening",
                        violation_error_message="关门的时间要晚于开门的时间。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("text", models.TextField(verbose_name="正文")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        help_text="不选表示全部场所。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="hall.site",
                        verbose_name="服务场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "公告",
                "verbose_name_plural": "公告",
                "ordering": ["-since", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="hall_notice_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="hall_notice_ends_after_it_began",
                        violation_error_message="止的日期不能早于起的日期。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecialHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("extended", "延时服务"),
                            ("staggered", "错时服务"),
                            ("holiday", "节假日服务"),
                            ("closed", "临时休息"),
                        ],
                        max_length=9,
                        verbose_name="类别",
                    ),
                ),
                ("opens", models.TimeField(blank=True, null=True, verbose_name="开门")),
                ("closes", models.TimeField(blank=True, null=True, verbose_name="关门")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="special_hours",
                        to="hall.site",
                        verbose_name="服务场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "特别开放时间",
                "verbose_name_plural": "特别开放时间",
                "ordering": ["site", "day", "opens"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "day", "opens"), name="hall_special_one_shift_per_start"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "closed")),
                        fields=("site", "day"),
                        name="hall_special_shut_once",
                        violation_error_message="这一天已经写过临时休息。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["extended", "staggered", "holiday", "closed"])
                        ),
                        name="hall_special_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes", None), ("kind", "closed"), ("opens", None)),
                            models.Q(
                                models.Q(("kind", "closed"), _negated=True),
                                ("closes__gt", models.F("opens")),
                                ("closes__isnull", False),
                                ("opens__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hall_special_shut_or_open",
                        violation_error_message="临时休息不写时间；其他类别要写开门和关门的时间，关门要晚于开门。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Window",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="窗口号")),
                ("name", models.CharField(max_length=60, verbose_name="窗口名称")),
                (
                    "items",
                    models.ManyToManyField(
                        blank=True,
                        related_name="windows",
                        to="hall.serviceitem",
                        verbose_name="受理事项",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="windows",
                        to="hall.site",
                        verbose_name="服务场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "窗口",
                "verbose_name_plural": "窗口",
                "ordering": ["site", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "number"), name="hall_window_one_per_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="hall_window_has_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("holiday", "放假"), ("makeup", "补班")],
                        max_length=7,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="hall.calendaryear",
                        verbose_name="法定日历",
                    ),
                ),
            ],
            options={
                "verbose_name": "法定日历中的日子",
                "verbose_name_plural": "法定日历中的日子",
                "ordering": ["calendar__year", "day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "day"), name="hall_day_once_per_notice"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["holiday", "makeup"])),
                        name="hall_day_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="hall_day_has_name"
                    ),
                ],
            },
        ),
        migrations.RunPython(GUIDES.create, GUIDES.drop),
    ]
