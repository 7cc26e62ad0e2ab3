"""The nouns: units and their staff, and the people who ask."""

import uuid
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mingchuang.base.templatetags.words import is_chinese
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.rules.masking import mask_name, mask_phone
from mingchuang.people.rules.roles import Role
from mingchuang.people.words import CONTACTS, LANGUAGES, NEEDS, REQUESTER_KINDS, ROLES, UNIT_KINDS


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self) -> Self:
        return self.filter(active=True)

    def under(self, unit: "Unit") -> Self:
        """The unit itself and everything below it."""
        return self.filter(path__startswith=unit.path)


UnitManager = models.Manager.from_queryset(UnitQuerySet)


class Unit(models.Model):
    """A part of the administration; `path` lists the ids from the root, "/1/4/9/"."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    kind = models.CharField(_("类别"), max_length=10, choices=list(UNIT_KINDS.items()))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("上级"), related_name="parts"
    )
    path = models.CharField(max_length=200, unique=True, editable=False)
    active = models.BooleanField(_("在用"), default=True)

    objects = UnitManager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("单位")
        verbose_name_plural = pgettext_lazy("many", "单位")
        constraints = [
            models.CheckConstraint(
                name="people_unit_kind", condition=models.Q(kind__in=list(UNIT_KINDS))
            ),
            models.CheckConstraint(
                name="people_unit_path_is_closed",
                condition=models.Q(path__startswith="/", path__endswith="/"),
            ),
            models.CheckConstraint(
                name="people_unit_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name if is_chinese() else self.name_en or self.name

    @property
    def subject(self) -> str:
        return f"unit:{self.code}"


class Person(AbstractBaseUser):
    """A member of staff. In public they are their badge number, never their name."""

    username = models.CharField(
        _("用户名"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("姓名"), max_length=60)
    badge = models.CharField(
        _("工号"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9-]+\Z", _("工号只用字母、数字和短横线。"))],
    )
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("在职"), default=True)
    is_superuser = models.BooleanField(_("最高管理员"), default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "badge"]

    objects = BaseUserManager["Person"]()

    class Meta:
        ordering = ["badge"]
        verbose_name = _("工作人员")
        verbose_name_plural = pgettext_lazy("many", "工作人员")
        constraints = [
            models.CheckConstraint(
                name="people_person_has_badge", condition=~models.Q(badge="") & ~models.Q(name="")
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="people_person_one_per_email",
                condition=~models.Q(email=""),
                violation_error_message=_("这个邮箱已经属于另一位工作人员。"),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(name)s（%(badge)s）") % {"name": self.name, "badge": self.badge}

    @property
    def subject(self) -> str:
        return f"person:{self.badge}"

    @cached_property
    def is_administrator(self) -> bool:
        """Whether the administrators' pages are open to this person now."""
        posts = self.posts.in_force().filter(role=Role.ADMINISTRATOR)
        return self.is_active and (self.is_superuser or posts.exists())

    def has_perm(self, *_: object) -> bool:
        """Permissions are posts; only the administrators' pages ask in this old way."""
        return self.is_administrator

    has_module_perms = has_perm


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self) -> Self:
        """Posts held now, by the clock of the database: access is about the real now."""
        return self.not_over().filter(since__lte=Now(), person__is_active=True)

    def not_over(self) -> Self:
        """Posts held now or later, also by who is away at present."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gt=Now()))


PostManager = models.Manager.from_queryset(PostQuerySet)


class Post(models.Model):
    """One person holding one role in one unit, and thereby in everything below it."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="posts", verbose_name=_("工作人员")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("单位"))
    role = models.CharField(_("岗位"), max_length=13, choices=list(ROLES.items()))
    since = models.DateTimeField(_("起"))
    until = models.DateTimeField(_("止"), null=True, blank=True)

    objects = PostManager()

    class Meta:
        ordering = ["person", "since"]
        verbose_name = _("任职")
        verbose_name_plural = pgettext_lazy("many", "任职")
        constraints = [
            models.CheckConstraint(
                name="people_post_role", condition=models.Q(role__in=list(ROLES))
            ),
            models.CheckConstraint(
                name="people_post_ends_after_it_began",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.UniqueConstraint(
                name="people_post_held_once_at_a_time",
                fields=["person", "unit", "role"],
                condition=models.Q(until__isnull=True),
                violation_error_message=_("这个人在这个单位已经担任这个岗位。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit} · {self.get_role_display()}"


class Requester(Evidence):
    """Somebody who asks. Who they are is encrypted; pages show the masked form."""

    handle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        max_length=12, choices=list(REQUESTER_KINDS.items()), default="individual"
    )
    name = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    address = EncryptedTextField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    representative_of = models.PositiveIntegerField(default=0)
    vulnerability = models.CharField(
        max_length=10, choices=list(NEEDS.items()), blank=True, default=""
    )
    language = models.CharField(max_length=7, choices=list(LANGUAGES.items()), default="zh-hans")
    contact = models.CharField(max_length=4, choices=list(CONTACTS.items()), blank=True, default="")

    class Meta(Evidence.Meta):
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="people_requester_contact_is_known",
                condition=models.Q(contact__in=list(CONTACTS)),
            ),
            models.CheckConstraint(
                name="people_requester_kind", condition=models.Q(kind__in=list(REQUESTER_KINDS))
            ),
            models.CheckConstraint(
                name="people_requester_need_is_a_category",
                condition=models.Q(vulnerability__in=list(NEEDS)),
            ),
            models.CheckConstraint(
                name="people_requester_phone_and_index_come_together",
                condition=models.Q(phone="", phone_index="")
                | ~models.Q(phone="") & ~models.Q(phone_index=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"requester:{self.handle}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"name": self.name, "phone": self.phone, "address": self.address}

    @property
    def wants_text(self) -> bool:
        """Whether they asked not to be called: they do not hear, or cannot speak just then."""
        return self.contact == "text"

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)


class Attempt(models.Model):
    """How often somebody tried something since `window_start`; the key is a blind index."""

    key = models.CharField(max_length=64, primary_key=True)
    window_start = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_attempt_was_made", condition=models.Q(count__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]} × {self.count}"
