package ml.keneya.security.trace;

/**
 * A row of the trace.
 *
 * @param chain one for each process that ever wrote
 * @param position from 1, without gaps
 * @param hash over the hash before it and its own content, in hexadecimal digits
 */
record TracedEvent(int chain, long position, TraceEvent event, String hash) {

    ChainHead asHead() {
        return new ChainHead(chain, position, hash);
    }
}
