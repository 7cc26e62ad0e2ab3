"""The doors of the residents' council: topics, the register, invitations."""

from django.urls import URLPattern, path

from mingchuang.council.views import public, topics

app_name = "council"

TOPICS: list[URLPattern] = [
    path("council/", public.public, name="public"),
    path("council/<slug:number>/", public.public_page, name="public_topic"),
    path("desk/council/", topics.topics, name="topics"),
    path("desk/council/new/", topics.propose, name="propose"),
    path("desk/council/<slug:number>/", topics.topic, name="topic"),
    path("desk/council/<slug:number>/change/", topics.change, name="change"),
    path("desk/council/<slug:number>/do/<slug:name>/", topics.deed, name="deed"),
]

urlpatterns = [*TOPICS]
