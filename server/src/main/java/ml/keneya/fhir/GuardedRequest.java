package ml.keneya.fhir;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request from which some headers are gone, as if the client had never sent them. */
class GuardedRequest extends HttpServletRequestWrapper {

    /**
     * By these a client could order HAPI about: write over history, skip checks, choose a partition, hold a thread for
     * minutes with retries, or cut a search off. None is part of FHIR.
     */
    private static final Set<String> ORDERS_TO_HAPI = Set.of(
            "x-retry-on-version-conflict",
            "x-rewrite-history",
            "x-upsert-extistence-check",
            "x-transaction-semantics",
            "x-request-partition-ids",
            "x-meta-snapshot-mode",
            // Part of HTTP, but for "no-store" HAPI ends a search with its first page, as if it were whole.
            // No result is used again anyway.
            "cache-control");

    private final Set<String> hidden;

    GuardedRequest(HttpServletRequest request) {
        super(request);
        this.hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        this.hidden.addAll(ORDERS_TO_HAPI);
        if ("PUT".equals(request.getMethod())) {
            // HAPI would store under the id named there instead of the id of the address.
            hide("content-location");
        }
    }

    final void hide(String lowerCaseName) {
        hidden.add(lowerCaseName);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !isHidden(name))
                .toList());
    }

    private boolean isHidden(String name) {
        return hidden.contains(name);
    }
}
