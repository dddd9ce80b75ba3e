package ml.keneya.load.bench;

import org.jspecify.annotations.Nullable;

/**
 * A server that is measured.
 *
 * @param server its process on this machine, where known
 * @param postgres its postmaster on this machine, where known
 * @param kept what it has acknowledged in this run
 */
record Target(
        String name,
        LoadClient client,
        @Nullable Long server,
        @Nullable Long postgres,
        KeptIds kept) {}
