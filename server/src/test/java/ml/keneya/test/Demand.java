package ml.keneya.test;

/** What every answer to an abuse case must be, and what must hold beside it. */
public enum Demand {

    /** An answer within five seconds, unless it is the 202 of something that is done later. */
    IN_TIME,

    /** No fault of the server's; who is exempt from it may still answer nothing of them but 503. */
    NO_FAULT,

    /** A refusal is an OperationOutcome in JSON, where the address is OAuth's what OAuth asks for. */
    IN_FORM,

    /** No class, SQL, stack trace or name of a host, in refusals and in everything else. */
    NOTHING_OF_ITSELF,

    /** One row of the trace for a request that must have one, and no second one for any. */
    ONE_ROW
}
