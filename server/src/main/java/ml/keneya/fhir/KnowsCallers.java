package ml.keneya.fhir;

/** Whether somebody who was let in once is still somebody who may call; for what is carried out later. */
public interface KnowsCallers {

    /** @return false when the client or the person was revoked since, or has another role or facility now */
    boolean mayStillCall(Caller caller);
}
