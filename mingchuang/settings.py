"""One settings file. What a deployment may change is an environment variable (docs/settings.md)."""

import secrets
import sys
from functools import partial
from operator import attrgetter
from pathlib import Path
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from mingchuang.base.environment import (
    Environment,
    database,
    folder,
    gateway,
    listed,
    one_of,
    post_office,
    whole,
)
from mingchuang.base.keys import key_file
from mingchuang.council.rules.inviting import Rule
from mingchuang.people.rules.roles import Role

environ = Environment()
PACKAGE = Path(__file__).resolve().parent
# A receipt or a lottery is checked on anybody's machine, in any folder, without a home and a key.
NEEDS_HOME = sys.argv[1:2] not in (["verify"], ["lottery"])
HOME = environ.get("MINGCHUANG_HOME", "var", folder if NEEDS_HOME else Path)
KEYS = HOME / "keys"
ATTACHMENTS = HOME / "attachments"

if NEEDS_HOME:
    SECRET_KEY = key_file(KEYS, "django", lambda: secrets.token_urlsafe(48).encode()).decode()
DEBUG = False
ALLOWED_HOSTS = environ.get("MINGCHUANG_HOSTS", "localhost,127.0.0.1,[::1]", listed)
CSRF_TRUSTED_ORIGINS = environ.get("MINGCHUANG_ORIGINS", "", listed)
HTTPS = environ.get("MINGCHUANG_HTTPS", "0", one_of("0", "1")) == "1"
PROXIES = environ.get("MINGCHUANG_PROXIES", "0", whole(0))

# Our rooms come first: their templates and commands replace those of the libraries.
INSTALLED_APPS = [
    "mingchuang.base",
    "mingchuang.ledger",
    "mingchuang.people",
    "mingchuang.hall",
    "mingchuang.cases",
    "mingchuang.visits",
    "mingchuang.reviews",
    "mingchuang.council",
    "mingchuang.outward",
    "mingchuang.people.apps.AdministratorPages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mingchuang.base.middleware.PageMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mingchuang.people.middleware.SecondFactorMiddleware",
    "mingchuang.base.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "mingchuang.urls"
WSGI_APPLICATION = "mingchuang.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "base" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["mingchuang.base.templatetags.words"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Desk: SQLite in WAL mode, every write transaction takes the write lock at once, so that
# two writers wait for each other instead of failing. City: DATABASE_URL names PostgreSQL.
DATABASES = {
    "default": environ.get("DATABASE_URL", f"sqlite:///{HOME / 'mingchuang.sqlite3'}", database)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Who must wait is remembered here. Beyond so many rows others are forgotten before their time.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

# people: how staff sign in. Accounts are opened by administrators; nobody signs up.
ACCOUNT_ADAPTER = "mingchuang.people.adapters.Accounts"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "mingchuang.people.adapters.SignInForm",
    "change_password": "mingchuang.people.adapters.ChangeForm",
    "set_password": "mingchuang.people.adapters.SetForm",
    "reset_password_from_key": "mingchuang.people.adapters.ResetForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = attrgetter("name")
MFA_ADAPTER = "mingchuang.people.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "mingchuang.people.adapters.CodeForm",
    "reauthenticate": "mingchuang.people.adapters.CodeAgainForm",
    "activate_totp": "mingchuang.people.adapters.FirstCodeForm",
    "authenticate_webauthn": "mingchuang.people.adapters.KeyForm",
    "reauthenticate_webauthn": "mingchuang.people.adapters.KeyAgainForm",
    "login_webauthn": "mingchuang.people.adapters.PasskeyForm",
    "add_webauthn": "mingchuang.people.adapters.NewKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "明窗"
MFA_TOTP_TOLERANCE = 1
# Who must carry a second factor: role names, separated by commas; nobody in the demo town.
MFA_ROLES = tuple(map(Role, environ.get("MINGCHUANG_MFA_ROLES", "", partial(listed, known=Role))))

# Single sign-on: staff are matched by their verified e-mail. A link leads there, since the
# policy of our pages lets no form be answered by another host.
OIDC = environ.get("MINGCHUANG_OIDC_URL", "")
SOCIALACCOUNT_ADAPTER = "mingchuang.people.adapters.SingleSignOn"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {}
if OIDC:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "staff",
                "name": environ.get("MINGCHUANG_OIDC_NAME", "统一身份认证"),
                "client_id": environ.get("MINGCHUANG_OIDC_CLIENT", ""),
                "secret": environ.get("MINGCHUANG_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC},
            }
        ],
    }

# Mail: smtp://name:password@host:25, smtp+tls:// (STARTTLS) or smtps:// (TLS). Without it, mail
# is laid down in a folder, where an administrator can read it.
mail = environ.get("MINGCHUANG_EMAIL_URL", "", post_office)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if mail.hostname else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = mail.hostname or ""
EMAIL_PORT = mail.port or {"smtps": 465, "smtp+tls": 587}.get(mail.scheme, 25)
EMAIL_HOST_USER = unquote(mail.username or "")
EMAIL_HOST_PASSWORD = unquote(mail.password or "")
EMAIL_USE_SSL = mail.scheme == "smtps"
EMAIL_USE_TLS = mail.scheme == "smtp+tls"
EMAIL_TIMEOUT = 10
# Where the pages are reached from outside, for links that are sent: https://hall.example
ADDRESS = environ.get("MINGCHUANG_ADDRESS", "", gateway)
# Where text messages are handed over; without it the file for the calendar reminds.
SMS_GATEWAY = environ.get("MINGCHUANG_SMS_URL", "", gateway)
DEFAULT_FROM_EMAIL = environ.get("MINGCHUANG_EMAIL_FROM", "mingchuang@localhost")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o600

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ATTACHMENTS, "base_url": None},
    },
}

# The town: the letters its case numbers begin with, its name, its time limits, its patience.
SERIES = environ.get("MINGCHUANG_SERIES", "YJ")
TOWN = environ.get("MINGCHUANG_TOWN", "甬江")
TIME_LIMIT_PROFILE = environ.get("MINGCHUANG_PROFILE", "shandong_2020")
RECTIFY_PROFILE = environ.get("MINGCHUANG_RECTIFY_PROFILE", "ratings_zhejiang")
LIMITS = {
    "say": environ.get("MINGCHUANG_LIMIT_SAY", "60", whole(1)),
    "look": environ.get("MINGCHUANG_LIMIT_LOOK", "240", whole(1)),
    "screens": environ.get("MINGCHUANG_LIMIT_SCREENS", "2000", whole(1)),
}
# Whether the follower erases, once a day, what the table of retention no longer keeps.
RETAIN = environ.get("MINGCHUANG_RETAIN", "0", one_of("0", "1")) == "1"

# visits: the addresses of the machines in the halls; where none is named, any browser is one.
KIOSKS = environ.get("MINGCHUANG_KIOSKS", "", listed)
# Who may ask for the green channel, of the kinds there are (`visits.words.tables.GREEN`).
GREEN = ("elderly", "disabled", "ill", "pregnant", "infant", "soldier", "rescuer")
GREEN_KINDS = environ.get("MINGCHUANG_GREEN", ",".join(GREEN), partial(listed, known=GREEN))

# council: somebody is duly invited by so many different ways, on so many days, one of them by
# voice (1) or not (0); who answered needs no more. A sitting called later than so many days
# before it decides nothing that binds: a week is what local rules ask for.
INVITE = Rule(
    channels=environ.get("MINGCHUANG_INVITE_WAYS", "2", whole(1)),
    days=environ.get("MINGCHUANG_INVITE_DAYS", "2", whole(1)),
    in_person=environ.get("MINGCHUANG_INVITE_VOICE", "1", one_of("0", "1")) == "1",
    notice=environ.get("MINGCHUANG_INVITE_NOTICE", "7", whole(0)),
)

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ledger: the name under which checkpoints are signed, the ledger's address without its scheme.
LEDGER_ORIGIN = environ.get("MINGCHUANG_ORIGIN", "mingchuang.localhost/ledger")

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {
        "handlers": ["screen"],
        "level": environ.get("MINGCHUANG_LOG", "WARNING", one_of(*LEVELS)),
    },
}
