package ml.keneya.guide;

import org.jspecify.annotations.Nullable;

/** @param href absent when there is nothing here to go to */
record Link(String label, @Nullable String href) {}
