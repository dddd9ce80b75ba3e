package ml.keneya.load.bench;

import java.util.List;

/** Reads resources by id, every type of the bundles as often. */
final class Reading implements Errand {
    private final KeptIds kept;

    Reading(KeptIds kept) {
        this.kept = kept;
    }

    @Override
    public Request request(int number) {
        var draws = new Draws(number);
        String type = draws.from(List.copyOf(Workload.TYPES));
        return Request.get(type + "/" + kept.drawn(type, draws));
    }

    @Override
    public Verdict judge(Response response) {
        return response.status() == 200 ? Verdict.good(1) : Verdict.fault(response.beginning());
    }
}
