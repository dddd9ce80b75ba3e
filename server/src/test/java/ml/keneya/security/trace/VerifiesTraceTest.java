package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import ml.keneya.fhir.RefusedException;
import ml.keneya.security.trace.ChainFault.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class VerifiesTraceTest {

    private final TraceDatabase database = TraceDatabase.fresh();
    private ChainHead end;

    @BeforeEach
    void keepTenAccesses() {
        database.keeps(10);
        end = database.end();
    }

    @Test
    void callsATraceWholeThatNobodyTouched() {
        database.keeps(3);

        assertThat(database.verdict(end).isWhole()).isTrue();
        assertThat(database.verdict(end).rows()).isEqualTo(13);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client = 'somebody-else'",
                "facility = null",
                "recorded_at = recorded_at + interval '1 microsecond'",
                "patients = '{}'",
                "patients = array['patient-5', 'patient-6']",
                "query = ''",
                "status = 403",
                "matches = 2",
                "address = '10.0.0.1'",
                "decision = 'unrestricted'",
                "decision = null"
            })
    void findsAChangedRow(String change) {
        database.spoil("update keneya.trace set " + change + " where position = 5");

        assertThat(database.verdict().faults()).containsExactly(new ChainFault(end.chain(), 5, Kind.CHANGED));
    }

    @Test
    @DisplayName("A row from before decisions were kept is verified as it was written, and none may be given to it")
    void verifiesRowsFromBefore() {
        // Calculated without this program, from what the first form of a row held.
        String asItWas = "e5dadf3163123261b2ef9e1039542d6191606ed73316da799e020a06b6b2a2a4";
        assertThat(ChainHash.of("00", 7, 1, TraceDatabase.reading("p", null))).isEqualTo(asItWas);
        TraceChain older = database.chain();
        older.append(List.of(TraceDatabase.reading("patient-1", null), TraceDatabase.reading("patient-2")));
        older.close();
        ChainHead newest = database.end();

        assertThat(database.verdict().isWhole()).isTrue();
        database.spoil("update keneya.trace set decision = 'public' where position = 1 and chain = " + newest.chain());
        assertThat(database.verdict().faults()).containsExactly(new ChainFault(newest.chain(), 1, Kind.CHANGED));
    }

    @Test
    void looksAtOneChainAlone() {
        database.spoil("update keneya.trace set status = 403 where position = 5");
        database.keeps(3);
        VerifiesTrace verifies = new VerifiesTrace(database.source());
        ChainHead newest = database.end();

        assertThat(verifies.verify(List.of(), newest.chain()).isWhole()).isTrue();
        assertThat(verifies.verify(List.of(end), newest.chain()).rows()).isEqualTo(3);
        assertThat(verifies.verify(List.of(), end.chain()).faults())
                .containsExactly(new ChainFault(end.chain(), 5, Kind.CHANGED));
        database.spoil("delete from keneya.trace where position = 3 and chain = " + newest.chain());
        assertThat(verifies.verify(List.of(newest), newest.chain()).isWhole()).isFalse();
    }

    @Test
    @DisplayName("Whoever asks from elsewhere while a walk goes on comes back, and is not refused after it")
    void walksForOneAtATime() {
        VerifiesTrace[] verifies = {null};
        List<String> heard = new ArrayList<>();
        DataSource asking = new DelegatingDataSource(database.source()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (heard.isEmpty()) {
                    heard.add("first");
                    assertThatThrownBy(() -> verifies[0].verifyInTurn(List.of(), end.chain()))
                            .isInstanceOf(RefusedException.class)
                            .hasMessageContaining("ML-FHIR-090");
                }
                return super.getConnection();
            }
        };
        verifies[0] = new VerifiesTrace(asking);

        assertThat(verifies[0].verifyInTurn(List.of(), end.chain()).isWhole()).isTrue();
        assertThat(verifies[0].verifyInTurn(List.of(), end.chain()).isWhole()).isTrue();
        assertThat(heard).hasSize(1);
    }

    @Test
    void findsARemovedRow() {
        database.spoil("delete from keneya.trace where position = 5");

        assertThat(database.verdict().faults()).containsExactly(new ChainFault(end.chain(), 5, Kind.MISSING));
    }

    @Test
    void findsAnInsertedRow() {
        database.spoil(
                "update keneya.trace set position = -position where position > 5",
                """
                insert into keneya.trace (chain, position, recorded_at, client, role, interaction, patients, status, hash)
                select chain, 6, recorded_at, client, role, interaction, patients, status, hash
                from keneya.trace where position = 5
                """,
                "update keneya.trace set position = 1 - position where position < 0");

        assertThat(database.verdict().faults())
                .startsWith(new ChainFault(end.chain(), 6, Kind.CHANGED), new ChainFault(end.chain(), 7, Kind.CHANGED));
    }

    @Test
    void findsARowThatWasAddedBehindTheEnd() {
        TracedEvent forged = end.next(TraceDatabase.reading("patient-11"));

        new TraceRows(database.source()).add(List.of(forged));

        assertThat(database.verdict().faults()).containsExactly(new ChainFault(end.chain(), 11, Kind.ADDED));
    }

    @Test
    void findsATailThatWasCutByTheAnchor() {
        database.spoil("delete from keneya.trace where position > 7");

        assertThat(database.verdict().faults()).containsExactly(new ChainFault(end.chain(), 10, Kind.CUT));
    }

    @Test
    void findsATailThatWasCutTogetherWithItsAnchorByTheAnchorInTheLog() {
        database.spoil("delete from keneya.trace where position > 7", "delete from keneya.trace_anchor");

        assertThat(database.verdict().isWhole()).isTrue();
        assertThat(database.verdict(end).faults()).containsExactly(new ChainFault(end.chain(), 10, Kind.CUT));
    }

    @Test
    void findsAChainThatIsGoneByTheAnchorInTheLog() {
        database.spoil("delete from keneya.trace", "delete from keneya.trace_anchor");

        assertThat(database.verdict(end).faults()).containsExactly(new ChainFault(end.chain(), 10, Kind.CUT));
    }

    @Test
    void findsAChainThatWasWrittenAnewByTheAnchor() {
        TracedEvent other = new ChainHead(end.chain(), 9, "00").next(TraceDatabase.reading("nobody"));
        database.spoil("delete from keneya.trace where position = 10");
        new TraceRows(database.source()).add(List.of(other));

        assertThat(database.verdict(end).faults()).extracting(ChainFault::kind).contains(Kind.REWRITTEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update keneya.trace set client = 'x' where position = 1",
                "delete from keneya.trace where position = 1",
                "truncate keneya.trace",
                "update keneya.trace_anchor set hash = '' where true",
                "delete from keneya.trace_chain where true"
            })
    void isRefusedEveryChangeByTheDatabase(String change) {
        assertThatThrownBy(() -> database.jdbc().sql(change).update())
                .hasStackTraceContaining("added to and never changed");
        assertThat(database.verdict(end).isWhole()).isTrue();
    }
}
