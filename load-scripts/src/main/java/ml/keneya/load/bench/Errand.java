package ml.keneya.load.bench;

import org.jspecify.annotations.Nullable;

/** What workers are sent to do: number after number, the same requests for every server. Used by many threads. */
interface Errand {
    Request request(int number);

    Verdict judge(Response response);

    /**
     * Whether an answer is the one that was wanted.
     *
     * @param fault what is wrong with it, or null
     * @param replay whether the server only repeated an earlier answer, which costs it less than the work
     * @param entries how many resources it held
     */
    record Verdict(@Nullable String fault, boolean replay, int entries) {
        static Verdict good(int entries) {
            return new Verdict(null, false, entries);
        }

        static Verdict fault(String what) {
            return new Verdict(what, false, 0);
        }

        static Verdict replayed(int entries) {
            return new Verdict(null, true, entries);
        }
    }
}
