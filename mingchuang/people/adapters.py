"""Where allauth asks us: who may come in, what is said to them, and what is written down."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from requests import RequestException, Response

from mingchuang.base.http import address_of
from mingchuang.ledger.actions import record
from mingchuang.people.errors import MailNotSent, SignOnSilent, UnknownColleague
from mingchuang.people.fields import attempt_key, decrypted, encrypted
from mingchuang.people.models import Person
from mingchuang.people.queries import person_called

log = logging.getLogger(__name__)

WRONG_CODE = _("验证码不对或者已经过期。请输入验证器里最新的 6 位数字，或者一个没用过的恢复码。")
WRONG_PASSWORD = _("用户名或密码不对。请检查后再试；连续失败 5 次要等 5 分钟。")


class Accounts(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已停用。如有疑问，请联系管理员。"),
        "email_password_mismatch": WRONG_PASSWORD,
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("密码不对，请再输入一次。"),
        "rate_limited": _("操作太频繁了，请等几分钟再试。"),
        "too_many_login_attempts": _(
            "登录失败次数太多。为保护账号，请等 5 分钟再试；如果忘记了密码，可以用邮箱重设。"
        ),
        "username_password_mismatch": WRONG_PASSWORD,
    }

    def is_open_for_signup(self, *_: Any) -> bool:
        """Staff are entered by an administrator; nobody signs up."""
        return False

    @transaction.atomic
    def login(self, request: HttpRequest, user: Any) -> None:
        ways = [way.get("type", way["method"]) for way in get_authentication_records(request, user)]
        super().login(request, user)
        record("person.signed_in", user.subject, at=now(), ways=ways)

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Person):
            record("person.signed_out", request.user.subject, at=now())
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        """Write down the failure; what was typed is not kept, it may be a password."""
        name = credentials.get("username") or credentials.get("email", "")
        _record_refusal(person_called(name), way="password")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Limits are counted under a blind index: no address is ever kept."""
        return attempt_key(address_of(request, proxies=settings.PROXIES))[:32]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            log.exception("a mail could not be sent")
            raise MailNotSent from error

    def send_notification_mail(
        self, template_prefix: str, user: Any, *args: Any, **given: Any
    ) -> None:
        """Each change of a password or second factor passes here, mailed or not."""
        change = template_prefix.rpartition("/")[2]
        record("person.security_changed", user.subject, at=now(), change=change)
        super().send_notification_mail(template_prefix, user, *args, **given)


class SecondFactors(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def generate_authenticator_name(self, *_: Any) -> str:
        return gettext("我的钥匙")

    def encrypt(self, text: str) -> str:
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypted(encrypted_text)


class SingleSignOn(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, *_: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in the member of staff whose verified address it is; tell anybody else why not."""
        if not sociallogin.is_existing:
            _record_refusal(None, way="oidc")
            raise UnknownColleague

    def get_requests_session(self) -> Any:
        """A silent or broken identity service is a sentence, not a stack trace."""
        session: Any = super().get_requests_session()  # type: ignore[no-untyped-call]
        ask = session.request

        def request(*args: Any, **given: Any) -> Response:
            try:
                answer: Response = ask(*args, **given)
                answer.raise_for_status()
            except RequestException as error:
                raise SignOnSilent from error
            return answer

        session.request = request
        return session


def _record_refusal(person: Person | None, *, way: str) -> None:
    record("person.refused", person.subject if person else "person:unknown", at=now(), way=way)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["login"].label = _("用户名或邮箱")
        # No name is longer; what is would be looked for all the same.
        self.fields["login"].validators.append(MaxLengthValidator(254))
        self.fields["login"].widget.attrs |= {"placeholder": "", "autocomplete": "username"}
        self.fields["password"].widget.attrs["placeholder"] = ""


def _code(label: Any) -> forms.CharField:
    how = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=how))


class FirstCodeForm(ActivateTOTPForm):
    code = _code(_("验证器里显示的 6 位数字"))


class NewPassword(forms.Form):
    """Says in one sentence what the four validators want."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = _(
            "至少 8 位，不要全是数字，不要用常见的密码，也不要和姓名、邮箱相近。"
        )


class ChangeForm(NewPassword, ChangePasswordForm):
    pass


class SetForm(NewPassword, SetPasswordForm):
    pass


class ResetForm(NewPassword, ResetPasswordKeyForm):
    pass


class Watched(forms.Form):
    """Writes down that a second factor was refused, and never breaks on what a device sends."""

    way: str

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (AttributeError, LookupError, TypeError, ValueError):
            self.add_error(None, WRONG_CODE)
        shown = self.data.get("code") or self.data.get("credential")
        if shown and self.errors:
            _record_refusal(getattr(self, "user", None), way=self.way)


class CodeForm(Watched, AuthenticateForm):
    way = "code"
    code = _code(_("验证码或恢复码"))


class CodeAgainForm(Watched, ReauthenticateForm):
    way = "code"
    code = _code(_("验证码或恢复码"))


class KeyForm(Watched, AuthenticateWebAuthnForm):
    way = "key"


class KeyAgainForm(Watched, ReauthenticateWebAuthnForm):
    way = "key"


class PasskeyForm(Watched, LoginWebAuthnForm):
    way = "passkey"


class NewKeyForm(Watched, AddWebAuthnForm):
    way = "new_key"
    name = forms.CharField(label=_("给它起个名字"), max_length=40, required=False)
    passwordless = forms.BooleanField(
        label=_("以后直接用它登录，不再输密码"),
        required=False,
        help_text=_("要能验证指纹、人脸或 PIN 的手机、电脑或钥匙。"),
    )
