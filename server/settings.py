"""Django's settings. The environment is read in one place (environment.py) and checked there."""

from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF, UNSAFE_INLINE

from server import environment, logs

django_stubs_ext.monkeypatch()

ENV = environment.read()
ROOT = environment.ROOT
DATA_DIR = ENV["data_dir"]

DEBUG = ENV["debug"]
SECRET_KEY = ENV["secret_key"]
METRICS_TOKEN = ENV["metrics_token"]
DEMO = ENV["demo"]
"""Shows the demo people on the sign-in page. Never set where real people are."""

# Where browsers reach us: full origins, since a host alone would let another port in.
ORIGINS = ENV["origins"] or [f"http://{host}:{ENV['port']}" for host in ("localhost", "127.0.0.1")]
ALLOWED_HOSTS = sorted({urlsplit(origin).hostname or "" for origin in ORIGINS} | {"localhost"})
CSRF_TRUSTED_ORIGINS = ORIGINS
ROOT_URLCONF = "server.urls"
ASGI_APPLICATION = "server.asgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "server.ops",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "ninja",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "django_tasks_db",
    "server.realtime",
    "server.jobs",
    "server.media",
    "server.accounts",
    "server.catalogue",
    "server.bookmarks",
    "server.chat",
    "server.groups",
    "server.feed",
    "server.polls",
    "server.gatherings",
    "server.sharing",
    "server.notices",
    "server.takeout",
    "server.demo",
]
MIDDLEWARE = [
    "server.logs.RequestLog",
    "server.database.HurriedRequests",
    "server.ops.exposition.Metrics",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "server.http.ReadableBodies",
    "server.accounts.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TRACING = ENV["tracing"]
if TRACING:
    MIDDLEWARE = ["server.tracing.Requests", *MIDDLEWARE, "server.tracing.Views"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": environment.database(ENV["database_url"], DATA_DIR, ENV["database_pool"])}
DATABASE_THREADS = ENV["database_threads"]
GATHER_SECONDS = ENV["gather_ms"] / 1000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if ENV["redis_url"]:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "server.realtime.layer.ManyPubSubLayer",
            "CONFIG": environment.redis_layer(ENV["redis_url"]),
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "server.cache.ForgivingRedisCache",
            "LOCATION": ENV["redis_url"],
            "KEY_PREFIX": "jianghu",
            "OPTIONS": environment.redis_cache(),
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},  # beyond it counts are forgotten at random
        }
    }

# Background jobs: always through the database, in the transaction of what asks for them.
TASKS = {"default": {"BACKEND": "django_tasks_db.backend.DatabaseBackend"}}

# People and sessions -------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
SESSION_ENGINE = "server.accounts.sessions"
SESSION_COOKIE_AGE = 30 * 86_400
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
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
ACCOUNT_ADAPTER = "server.accounts.adapter.Adapter"
ACCOUNT_SIGNUP_FORM_CLASS = "server.accounts.forms.SignUpFields"
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_USERNAME_BLACKLIST = ["admin", "jianghu", "me", "root", "staff", "support", "system"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True  # one address; another takes its place once it is confirmed
ACCOUNT_SESSION_REMEMBER = True
HEADLESS_ONLY = True
# Rate limits count by address: how many proxies before us may say whose it is.
ALLAUTH_TRUSTED_PROXY_COUNT = ENV["trusted_proxies"]
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/confirm-email/{key}",
    "account_reset_password": "/reset-password",
    "account_reset_password_from_key": "/reset-password/{key}",
    "account_signup": "/sign-up",
}
HEADLESS_ADAPTER = "server.accounts.adapter.Pages"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "server.accounts.adapter.SecondStepSecrets"
MFA_TOTP_ISSUER = "Jianghu"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# Mail ------------------------------------------------------------------------------------------
MAIL = environment.mail(
    ENV["email_url"], urlsplit(ORIGINS[0]).hostname or "", shown=DEBUG or ENV["embedded"]
)
CAN_MAIL = MAIL.sends
# An address that is not its holder's must not be locked away from whose it is. Without mail nobody
# can show whose it is, nor come in by it.
MFA_ALLOW_UNVERIFIED_EMAIL = not CAN_MAIL
EMAIL_BACKEND, DEFAULT_FROM_EMAIL = MAIL.backend, MAIL.sender
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls, MAIL.ssl
EMAIL_TIMEOUT = 10

# Codes to telephones: the class that sends them (accounts/phone_senders.py), or "".
PHONE_SENDER = environment.phone_sender(ENV["phone_sender"], shown=DEBUG or ENV["embedded"])

# Push services are on the internet, by https. Tests have one of their own on this machine.
PUSH_ANYWHERE = False

# What is shared by itself waits so long, and can be taken back before anybody sees it.
SHARING_DELAY_SECONDS = 60

# Static files and pictures -------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns about a missing one
FRONTEND_DIST = ROOT / "frontend" / "dist"
STATICFILES_DIRS = [("app", FRONTEND_DIST)] if FRONTEND_DIST.exists() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[\w-]{8}\.\w+$"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Browser security ----------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_SAMESITE = "Lax"
if ENV["behind_https"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "style-src": [SELF, UNSAFE_INLINE],  # custom properties in style attributes: bars, faces
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Words and time ------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"

LOGGING_CONFIG = None
logs.configure(ENV["log_level"], ENV["log_format"], environment.secrets(ENV))
