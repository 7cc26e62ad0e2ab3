"""`mingchuang createsuperuser`: the first administrator of a new installation."""

from argparse import ArgumentParser
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.errors import Refused
from mingchuang.people import actions


class Command(BaseCommand):
    help = "Open an account that may enter units, staff and posts; asks for its password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="their name")
        parser.add_argument("--badge", required=True, help="their badge number")
        parser.add_argument("--email", default="", help="an address to reset the password with")

    def handle(self, *_args: object, **given: str) -> None:
        password = getpass(_("密码："))
        try:
            validate_password(password)
            actions.add_person(
                given["username"],
                given["name"],
                badge=given["badge"],
                email=given["email"],
                password=password,
                is_superuser=True,
                at=now(),
            )
        except (ValidationError, Refused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("已建立。请登录后为自己启用两步登录。"))
