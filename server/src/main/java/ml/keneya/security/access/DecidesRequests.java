package ml.keneya.security.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.regex.Pattern;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusedException;
import ml.keneya.security.Decision;
import ml.keneya.security.Reason;
import ml.keneya.security.WatchesDecisions;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the table about every request before anybody answers it, and about every entry of a bundle before any of them is
 * carried out.
 */
@Interceptor(order = 1500)
@Component
class DecidesRequests {

    private static final String SCOPES = DecidesRequests.class.getName() + ".scopes";
    private static final String WISH = DecidesRequests.class.getName() + ".wish";
    private static final Pattern ASYNCHRONOUS =
            Pattern.compile("(^|[,;\\s])respond-async($|[,;\\s])", Pattern.CASE_INSENSITIVE);

    private final AccessTable table;
    private final SearchesWithinRights searches;
    private final BindsPages pages;
    private final ExplainsRefusals refusals;
    private final List<WatchesDecisions> watchers;

    DecidesRequests(
            AccessTable table,
            SearchesWithinRights searches,
            BindsPages pages,
            ExplainsRefusals refusals,
            List<WatchesDecisions> watchers) {
        this.table = table;
        this.searches = searches;
        this.pages = pages;
        this.refusals = refusals;
        this.watchers = List.copyOf(watchers);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void decide(ServletRequestDetails request) {
        Wish wish = Wish.of(request);
        Scopes scopes = InnerRequests.isInner(request.getServletRequest())
                // What was let in when it arrived, and is carried out now.
                ? Scopes.ALL
                : Scopes.of(request.getServletRequest());
        request.getUserData().put(SCOPES, scopes);
        request.getUserData().put(WISH, wish);
        Caller caller = Caller.of(request);
        Reason reason = judge(caller, scopes, wish);
        if (AccessTable.isAllowed(reason) && !caller.role().isUnrestricted()) {
            if (wish.interaction() == Interaction.PAGE && !pages.belongTo(caller, request)) {
                reason = Reason.FOREIGN_PAGE;
            }
            // Who carries it out later sees the role but no longer the token.
            if (wish.interaction() == Interaction.TRANSACTION && isAsynchronous(request) && !scopes.cover(Scopes.ALL)) {
                reason = Reason.SCOPE_FORBIDS;
            }
        }
        enforce(decision(reason, caller, wish), wish, request, null);
    }

    /** Before anybody looks whether there is what the entries name: who may not write learns nothing from it. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = 50)
    void decideEntries(RequestDetails request, RestOperationTypeEnum operation) {
        Caller caller = Caller.of(request);
        if (caller.role().isUnrestricted()
                || operation != RestOperationTypeEnum.TRANSACTION
                || !(request.getResource() instanceof Bundle bundle)) {
            return;
        }
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            Wish wish = Wish.of(bundle.getEntry().get(index), request.getFhirServerBase());
            Reason reason = wish.interaction() == Interaction.TRANSACTION || AccessTable.standsAlone(wish)
                    ? Reason.NO_RULE
                    : judge(caller, scopesOf(request), wish);
            enforce(decision(reason, caller, wish), wish, request, "Bundle.entry[" + index + "].request");
        }
    }

    /** What the token of a request may be used for; nothing when nobody has decided about the request. */
    static Scopes scopesOf(RequestDetails request) {
        return request.getUserData().get(SCOPES) instanceof Scopes scopes ? scopes : new Scopes(List.of());
    }

    static @Nullable Wish wishOf(RequestDetails request) {
        return (Wish) request.getUserData().get(WISH);
    }

    private Reason judge(Caller caller, Scopes scopes, Wish wish) {
        Reason reason = table.judge(caller, scopes, wish);
        boolean looked = wish.interaction() != Interaction.OPERATION
                && wish.interaction() != Interaction.CAPABILITIES
                && wish.interaction() != Interaction.API_PAGE;
        return reason == Reason.ROLE_AND_SCOPE && looked && !searches.allow(caller, scopes, wish)
                ? Reason.PARAMETER_FORBIDDEN
                : reason;
    }

    private static boolean isAsynchronous(RequestDetails request) {
        return ASYNCHRONOUS
                .matcher(String.join(",", request.getHeaders("Prefer")))
                .find();
    }

    private static Decision decision(Reason reason, Caller caller, Wish wish) {
        return new Decision(
                AccessTable.isAllowed(reason),
                reason,
                caller,
                wish.interaction().code(),
                wish.type(),
                wish.operation());
    }

    private void enforce(Decision decision, Wish wish, RequestDetails request, @Nullable String place) {
        request.getUserData().put(Decision.class.getName(), decision);
        if (request instanceof ServletRequestDetails arrived && arrived.getServletRequest() != null) {
            // For the trace, which sees nothing else of what is refused this early.
            arrived.getServletRequest().setAttribute(Decision.class.getName(), decision);
        }
        watchers.forEach(watcher -> watcher.decided(request, decision));
        if (!decision.allowed()) {
            Refusal refusal = refusals.because(decision.reason(), decision.caller(), scopesOf(request), wish);
            throw new RefusedException(place == null ? refusal : refusal.at(place));
        }
    }
}
