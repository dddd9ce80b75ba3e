package ml.keneya.intake;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.OffsetDateTime;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells a facility how its deliveries are doing, so that nobody finds out at the end of the month. */
@Component
class ReportsDeliveries implements FhirContribution {

    private static final int DAYS = 30;

    private final JdbcClient jdbc;
    private final WaitingDeliveries waiting;
    private final KeptDeliveries refused;

    ReportsDeliveries(JdbcClient jdbc, WaitingDeliveries waiting, KeptDeliveries refused) {
        this.jdbc = jdbc;
        this.waiting = waiting;
        this.refused = refused;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * Last accepted delivery, and of the last thirty days: accepted ones and their records, those that wait, and those
     * that were refused and still need somebody, by code. Each entry of a batch counts as one delivery: it has its own
     * receipt.
     *
     * @param facility whose; a site's own unless the caller sees all
     */
    @Operation(name = "$sync-report", idempotent = true)
    public Parameters report(
            @OperationParam(name = "facility", typeName = "string") @Nullable IPrimitiveType<String> facility,
            ServletRequestDetails request) {
        Caller caller = Caller.of(request);
        String wanted = DeliveriesOfCaller.optional(facility).orElse(caller.facility());
        if (wanted == null) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "facility"));
        }
        if (!wanted.equals(caller.facility()) && !KeptDelivery.seesAll(caller)) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        Accepted accepted = accepted(wanted);
        Parameters report = new Parameters();
        report.addParameter().setName("facility").setValue(new StringType(wanted));
        report.addParameter().setName("days").setValue(new IntegerType(DAYS));
        if (accepted.last() != null) {
            report.addParameter()
                    .setName("lastAccepted")
                    .setValue(new InstantType(accepted.last().toInstant().toString()));
        }
        report.addParameter().setName("accepted").setValue(new IntegerType(accepted.deliveries()));
        report.addParameter().setName("records").setValue(new IntegerType(accepted.records()));
        report.addParameter().setName("waiting").setValue(new IntegerType(waiting.count(wanted)));
        refused.refusedByCode(wanted, DAYS).forEach((code, count) -> {
            ParametersParameterComponent part = report.addParameter().setName("refused");
            part.addPart().setName("code").setValue(new CodeType(code));
            part.addPart().setName("count").setValue(new IntegerType(count));
        });
        return report;
    }

    private Accepted accepted(String facility) {
        return jdbc.sql("""
                        select (select max(received_at) from keneya.receipt where facility = :facility) as last,
                               count(*) as deliveries, coalesce(sum(records), 0) as records
                        from keneya.receipt
                        where facility = :facility and received_at > now() - make_interval(days => :days)
                        """)
                .param("facility", facility)
                .param("days", DAYS)
                .query(Accepted.class)
                .single();
    }

    private record Accepted(@Nullable OffsetDateTime last, int deliveries, int records) {}
}
