from django.urls import path

from mingchuang.cases.views import alike, calls, desk, inbox, privacy, public, receipt, suggestion

app_name = "cases"
urlpatterns = [
    path("", public.home, name="home"),
    path("say/", public.say, name="say"),
    path("answers/", public.answers, name="answers"),
    path("track/", receipt.track, name="track"),
    path("r/<str:number>/<str:code>/", receipt.show, name="receipt"),
    path("r/<str:number>/<str:code>/receipt.json", receipt.proof, name="proof"),
    path("r/<str:number>/<str:code>/photo/<int:pk>/", receipt.photo, name="own_photo"),
    path("r/<str:number>/<str:code>/<slug:name>/", receipt.wish, name="wish"),
    path("desk/", inbox.inbox, name="inbox"),
    path("desk/views/", inbox.save_view, name="save_view"),
    path("desk/views/<int:pk>/drop/", inbox.drop_view, name="drop_view"),
    path("desk/new/", desk.take_in, name="take_in"),
    path("desk/slip/<str:number>/", desk.slip, name="slip"),
    path("desk/callbacks/", calls.callback_list, name="callbacks"),
    path("desk/callbacks/<str:number>/", calls.callback, name="callback"),
    path("desk/pleas/<int:pk>/", desk.plea, name="plea"),
    path("desk/photos/<int:pk>/", privacy.photo, name="photo"),
    path("desk/submissions/<str:number>/reveal/", privacy.reveal, name="reveal"),
    path("desk/submissions/<str:number>/redact/", privacy.redact, name="redact"),
    path(
        "desk/submissions/<str:number>/remarks/<int:pk>/",
        privacy.redact_remark,
        name="redact_remark",
    ),
    path("desk/submissions/<str:number>/photos/<int:pk>/", privacy.clear_photo, name="clear_photo"),
    path("desk/cases/<str:number>/", desk.show, name="case"),
    path("desk/cases/<str:number>/alike/", alike.alike, name="alike"),
    path("desk/cases/<str:number>/suggestion/", suggestion.suggestion, name="suggestion"),
    path("desk/topics/", alike.topics, name="topics"),
    path("desk/topics/<str:number>/", alike.topic, name="topic"),
    path("desk/topics/<str:number>/raise/", alike.raise_proactively, name="raise_proactively"),
    path("desk/cases/<str:number>/<slug:name>/", desk.deed, name="deed"),
]
