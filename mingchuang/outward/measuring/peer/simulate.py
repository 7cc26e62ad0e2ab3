"""Runs with the Python of the peers: a hall of two classes, the first before the second, by ciw.

Reads {"servers", "loads", "visitors", "seed"} from its one argument; answers with the seconds it
took to simulate so many visitors and the mean wait of each class, in mean service times.
"""

import json
import sys
from statistics import fmean
from time import perf_counter
from typing import Any

import ciw


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    names = [str(n) for n, _ in enumerate(asked["loads"])]
    hall = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Exponential(rate=load)]
            for name, load in zip(names, asked["loads"], strict=True)
        },
        service_distributions={name: [ciw.dists.Exponential(rate=1.0)] for name in names},
        number_of_servers=[asked["servers"]],
        priority_classes={name: n for n, name in enumerate(names)},
    )
    ciw.seed(asked["seed"])
    began = perf_counter()
    simulation = ciw.Simulation(hall)
    simulation.simulate_until_max_customers(asked["visitors"], method="Finish")
    records = simulation.get_all_records()
    seconds = perf_counter() - began
    waits = [[one.waiting_time for one in records if one.customer_class == name] for name in names]
    return {"seconds": seconds, "visitors": len(records), "means": [fmean(of) for of in waits]}


if __name__ == "__main__":
    print(json.dumps(answer(json.loads(sys.argv[1]))))  # noqa: T201
