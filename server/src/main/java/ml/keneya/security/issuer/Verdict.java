package ml.keneya.security.issuer;

import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.security.Reason;
import ml.keneya.security.access.Scopes;

/** What comes of a token that somebody shows. */
public sealed interface Verdict {

    /** @param scopes what the token may be used for; the role of its holder limits it further */
    record LetIn(Caller caller, Scopes scopes) implements Verdict {}

    /** @param caller whom it concerns, as far as that is known, and always without a right */
    record Refused(Caller caller, Reason reason, Refusal refusal) implements Verdict {}
}
