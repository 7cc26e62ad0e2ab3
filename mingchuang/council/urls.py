"""The doors of the residents' council: topics, the register, invitations."""

from django.urls import URLPattern

app_name = "council"

TOPICS: list[URLPattern] = []

urlpatterns = [*TOPICS]
