"""The few letters we send, in the language of whoever reads them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """{link} leads to a page of ours; {username} is the reader's own; {day} is a date."""

    subject: str
    body: str


_CONFIRM = {
    "en": Letter(
        "Is this your address?",
        "{username} gave this address on Jianghu. If that was you, confirm it here:\n\n"
        "{link}\n\n"
        "The link works for three days. If it was not you, do nothing.",
    ),
    "zh": Letter(
        "这是你的邮箱吗？",
        "{username} 在江湖填了这个邮箱。如果是你，请在这里确认：\n\n"
        "{link}\n\n"
        "链接三天内有效。如果不是你，不用理会。",
    ),
}

_CHANGES = {
    "account/email/password_changed": (
        "Your password was changed",
        "{username} on Jianghu has another password. Everywhere else you were signed out.",
        "密码已修改",
        "{username} 在江湖的密码已经修改，其他地方都已退出。",
    ),
    "account/email/password_reset": (
        "You have a new password",
        "{username} on Jianghu has a new password, by a letter. You were signed out everywhere.",
        "密码已换新",
        "{username} 在江湖通过信里的链接换了新密码，所有地方都已退出。",
    ),
    "account/email/email_changed": (
        "Your address is another one now",
        "{username} on Jianghu has another address. This one opens nothing any more.",
        "邮箱已更换",
        "{username} 在江湖换了邮箱，这个邮箱不再有效。",
    ),
    "account/email/email_deleted": (
        "Your address was taken out",
        "{username} on Jianghu has taken an address out of their account.",
        "邮箱已移除",
        "{username} 在江湖移除了一个邮箱。",
    ),
    "mfa/email/totp_activated": (
        "The second step is on",
        "{username} on Jianghu is asked for a code after the password from now on.",
        "两步验证已开启",
        "{username} 在江湖登录时，输入密码后还要验证码。",
    ),
    "mfa/email/totp_deactivated": (
        "The second step is off",
        "{username} on Jianghu is not asked for a code any more: the password is enough.",
        "两步验证已关闭",
        "{username} 在江湖登录时不再要验证码，只用密码就能进来。",
    ),
    "mfa/email/recovery_codes_generated": (
        "New recovery codes",
        "{username} on Jianghu has new recovery codes. The former ones open nothing any more.",
        "新的恢复码",
        "{username} 在江湖有了新的恢复码，以前的都已失效。",
    ),
    "phones/added": (
        "A telephone number was added",
        "{username} on Jianghu has a telephone number now.",
        "手机号已添加",
        "{username} 在江湖添加了手机号。",
    ),
    "phones/changed": (
        "Your telephone number is another one now",
        "{username} on Jianghu has another telephone number in the place of the former one.",
        "手机号已更换",
        "{username} 在江湖换了手机号，原来的不再有效。",
    ),
    "phones/removed": (
        "Your telephone number was removed",
        "{username} on Jianghu has no telephone number any more.",
        "手机号已移除",
        "{username} 在江湖移除了手机号。",
    ),
}
"""What was changed, in both languages: what it is about, and what it means."""


def _changed(subject: str, body: str, subject_zh: str, body_zh: str) -> dict[str, Letter]:
    """A letter about something that was changed says to everybody else what to do."""
    return {
        "en": Letter(
            subject,
            f"{body}\n\n"
            "If that was not you, choose another password and look where you are signed in:\n\n"
            "{link}",
        ),
        "zh": Letter(
            subject_zh,
            f"{body_zh}\n\n如果不是你做的，请换一个密码，并看看哪些地方登录着：\n\n{{link}}",
        ),
    }


LETTERS: dict[str, dict[str, Letter]] = {
    "account/email/password_reset_key": {
        "en": Letter(
            "A new password",
            "Somebody asked for a new password for {username} on Jianghu. If it was you, choose "
            "one here:\n\n"
            "{link}\n\n"
            "The link works once, within three days. If it was not you, do nothing: your password "
            "stays as it is.",
        ),
        "zh": Letter(
            "换一个新密码",
            "有人要为江湖的 {username} 换一个新密码。如果是你，请在这里设置：\n\n"
            "{link}\n\n"
            "链接三天内有效，只能用一次。如果不是你，不用理会，密码不会变。",
        ),
    },
    "account/email/unknown_account": {
        "en": Letter(
            "No account has this address",
            "Somebody asked for a new password on Jianghu with this address, but no account has "
            "it. If it was you, try another address of yours, or make an account:\n\n"
            "{link}\n\n"
            "If it was not you, do nothing.",
        ),
        "zh": Letter(
            "没有账号用这个邮箱",
            "有人用这个邮箱在江湖要换新密码，但没有账号用它。如果是你，请试试你的其他邮箱，"
            "或者新建账号：\n\n"
            "{link}\n\n"
            "如果不是你，不用理会。",
        ),
    },
    "leaving/asked": {
        "en": Letter(
            "You are leaving Jianghu",
            "{username} asked for their account on Jianghu to be deleted. Nobody sees you there "
            "any more, and on {day} everything of yours is deleted.\n\n"
            "Until then you can undo it: come in with your password.\n\n"
            "{link}\n\n"
            "If it was not you who asked, do that now and choose another password.",
        ),
        "zh": Letter(
            "你要离开江湖了",
            "{username} 要求删除在江湖的账号。现在别人已经看不到你，{day}会删掉你的一切。\n\n"
            "在那之前可以反悔：用密码登录就行。\n\n"
            "{link}\n\n"
            "如果不是你要求的，请马上登录撤销，并换一个密码。",
        ),
    },
    "leaving/undone": {
        "en": Letter(
            "You are staying on Jianghu",
            "The deletion of {username} on Jianghu was undone. Everything is as it was.\n\n"
            "{link}\n\n"
            "If that was not you, somebody knows your password: choose another one.",
        ),
        "zh": Letter(
            "你留在了江湖",
            "{username} 在江湖的删除已经撤销，一切照旧。\n\n"
            "{link}\n\n"
            "如果不是你做的，说明有人知道你的密码，请换一个。",
        ),
    },
    **{occasion: _changed(*words) for occasion, words in _CHANGES.items()},
    "account/email/email_confirmation": _CONFIRM,
    "account/email/email_confirmation_signup": _CONFIRM,
}
"""By the occasion (where it is allauth's, by its name) and by language."""

CODE_BY_TEXT = {
    "en": "{code} is your Jianghu code, good for 10 minutes. Give it to nobody: we never ask for "
    "it.\n\n@{host} #{code}",
    "zh": "【江湖】验证码 {code}，10 分钟内有效。不要告诉任何人，我们不会向你要。\n\n"
    "@{host} #{code}",
}
"""What is sent to a telephone."""
