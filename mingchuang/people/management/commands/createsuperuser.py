"""`mingchuang createsuperuser`: the first administrator of a new installation."""

from argparse import ArgumentParser
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.database import bring_up_to_date
from mingchuang.base.errors import Refused
from mingchuang.base.plainly import database_in_words
from mingchuang.people.actions.staff import add_person


class Command(BaseCommand):
    help = "Open an account that may enter units, staff and posts; asks for its password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="their name")
        parser.add_argument("--badge", required=True, help="their badge number")
        parser.add_argument("--email", default="", help="an address to reset the password with")

    def handle(self, *_args: object, **given: str) -> None:
        with database_in_words():
            bring_up_to_date()
        password = getpass(_("密码："))
        try:
            validate_password(password)
            add_person(
                given["username"],
                given["name"],
                badge=given["badge"],
                email=given["email"],
                password=password,
                is_superuser=True,
                at=now(),
            )
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(_("已建立。请登录后为自己启用两步登录。"))
