"""The doors of the residents' council: topics, the register, invitations."""

from django.urls import URLPattern, path

from mingchuang.council.views import (
    ballots,
    costs,
    flats,
    owners,
    public,
    results,
    topics,
)

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

OWNERS: list[URLPattern] = [
    path("council/owner/<slug:code>/", owners.owner, name="owner"),
    path("council/owner/<slug:code>/vote/<int:n>/", owners.vote, name="vote"),
    path("council/owner/<slug:code>/pledge/<int:n>/", owners.pledge, name="pledge"),
    path(
        "council/<slug:number>/ballots/<int:n>/", results.public_ballot_page, name="public_ballot"
    ),
    path("council/<slug:number>/costs/<int:n>/", results.public_cost_page, name="public_cost"),
    path("desk/council/<slug:number>/flats/", flats.flats, name="flats"),
    path("desk/council/<slug:number>/flats/import/", flats.take_in_flats, name="import_flats"),
    path("desk/council/<slug:number>/flats/blank.xlsx", flats.blank_flats, name="blank_flats"),
    path("desk/council/<slug:number>/owners/<int:owner>/relink/", flats.relink, name="relink"),
    path("desk/council/<slug:number>/ballots/new/", ballots.call_ballot, name="call_ballot"),
    path("desk/council/<slug:number>/ballots/<int:n>/", ballots.ballot, name="ballot"),
    path(
        "desk/council/<slug:number>/ballots/<int:n>/enter/", ballots.enter_vote, name="enter_vote"
    ),
    path(
        "desk/council/<slug:number>/ballots/<int:n>/back/<int:owner>/",
        ballots.take_back,
        name="take_back",
    ),
    path("desk/council/<slug:number>/ballots/<int:n>/papers/", ballots.papers, name="papers"),
    path("desk/council/<slug:number>/ballots/<int:n>/list/", ballots.sign_list, name="sign_list"),
    path(
        "desk/council/<slug:number>/ballots/<int:n>/do/<slug:name>/",
        ballots.ballot_deed,
        name="ballot_deed",
    ),
    path("desk/council/<slug:number>/costs/new/", costs.draw_up, name="draw_up"),
    path("desk/council/<slug:number>/costs/<int:n>/", costs.cost, name="cost"),
    path(
        "desk/council/<slug:number>/costs/<int:n>/do/<slug:name>/",
        costs.cost_deed,
        name="cost_deed",
    ),
    path("desk/council/<slug:number>/costs/<int:n>/strike/<int:pk>/", costs.strike, name="strike"),
    path(
        "desk/council/<slug:number>/costs/<int:n>/slip/<int:pk>/",
        costs.payment_slip,
        name="payment_slip",
    ),
]

# One's own page comes before any topic that is called so.
urlpatterns = [*OWNERS, *TOPICS]
