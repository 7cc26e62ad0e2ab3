"""Votes stand still once something was decided by them: their guards are set anew."""

from django.db import migrations

from mingchuang.council.frozen import SET_AGAIN


class Migration(migrations.Migration):
    dependencies = [("council", "0004_moved_at")]

    operations = [SET_AGAIN]
