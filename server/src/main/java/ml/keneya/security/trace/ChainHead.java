package ml.keneya.security.trace;

/** Where a chain ends: the next row continues from here. An anchor is a head that was noted down. */
record ChainHead(int chain, long position, String hash) {

    TracedEvent next(TraceEvent event) {
        return new TracedEvent(chain, position + 1, event, ChainHash.of(hash, chain, position + 1, event));
    }

    /** The form in which logs note anchors and operators hand them back. */
    String inWords() {
        return chain + "/" + position + "/" + hash;
    }
}
