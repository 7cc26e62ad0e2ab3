"""The doors of the residents' council: topics, the register, invitations."""

from django.urls import URLPattern, path

from mingchuang.council.views import inviting, own, public, register, topics

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
OWN: list[URLPattern] = [
    path("council/me/<slug:code>/", own.me, name="me"),
    path("council/me/<slug:code>/camp/", own.camp, name="camp"),
    path("council/me/<slug:code>/correct/", own.correct, name="correct"),
    path("council/me/<slug:code>/withdraw/", own.withdraw, name="withdraw"),
    path("council/me/<slug:code>/answer/", own.answer, name="answer"),
    path("council/<slug:number>/join/", own.join, name="join"),
]
REGISTER: list[URLPattern] = [
    path("desk/council/pictures/<int:pk>/", register.picture, name="picture"),
    path("desk/council/<slug:number>/register/", register.register, name="register"),
    path("desk/council/<slug:number>/register/add/", register.add, name="add"),
    path("desk/council/<slug:number>/register/import/", register.take_in_workbook, name="import"),
    path("desk/council/<slug:number>/register/blank.xlsx", register.blank, name="blank"),
    path("desk/council/<slug:number>/register/<int:which>/", register.person, name="person"),
    path("desk/council/<slug:number>/register/<int:which>/reveal/", register.reveal, name="reveal"),
    path("desk/council/<slug:number>/register/<int:which>/slip/", register.slip, name="slip"),
    path(
        "desk/council/<slug:number>/register/<int:which>/do/<slug:name>/",
        register.person_deed,
        name="person_deed",
    ),
]
INVITING: list[URLPattern] = [
    path("desk/council/<slug:number>/invite/", inviting.inviting, name="inviting"),
    path("desk/council/<slug:number>/invite/notice/", inviting.notice, name="notice"),
    path("desk/council/<slug:number>/invite/posted/", inviting.post_notice, name="post_notice"),
    path("desk/council/<slug:number>/invite/<int:which>/", inviting.invitation, name="invitation"),
    path(
        "desk/council/<slug:number>/invite/<int:which>/<slug:name>/",
        inviting.invitation_deed,
        name="invitation_deed",
    ),
]

# One's own page comes before any topic that is called so.
urlpatterns = [*OWN, *REGISTER, *INVITING, *TOPICS]
