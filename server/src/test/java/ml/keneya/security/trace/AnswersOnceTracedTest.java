package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

class AnswersOnceTracedTest {

    private static final TransactionOperations NO_DATABASE = new TransactionOperations() {
        @Override
        public <T> T execute(TransactionCallback<T> action) {
            throw new DataAccessResourceFailureException("No database.");
        }
    };

    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Patient/awa");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final TraceDatabase database = TraceDatabase.fresh();

    @Test
    @DisplayName("R1: nothing of an answer leaves while the trace cannot be written; the access is refused with 503")
    void refusesWhatItCannotTrace() throws Exception {
        try (Trace trace = new Trace(
                new TraceChain(
                        new TraceRows(database.source()),
                        NO_DATABASE,
                        NO_DATABASE,
                        Clock.systemUTC(),
                        Duration.ofDays(1)),
                Duration.ofSeconds(20))) {
            answering(trace, answer -> {
                answer.setHeader("ETag", "W/\"7\"");
                answer.getWriter().write("{\"family\":\"Traoré\"}");
                answer.getWriter().close();
            });
        }

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
        assertThat(response.getHeader("ETag")).isNull();
        assertThat(response.getContentAsString()).contains("ML-TRACE-001").doesNotContain("Traoré");
    }

    @Test
    void holdsTheFirstByteUntilTheRowIsThere() throws Exception {
        List<Integer> rowsAtFirstByte = new ArrayList<>();
        try (Trace trace = new Trace(database.chain(), Duration.ofSeconds(20))) {
            answering(trace, answer -> {
                answer.setContentType("application/fhir+json;charset=UTF-8");
                PrintWriter writer = answer.getWriter();
                writer.write("{\"family\":\"Traoré\"}");
                assertThat(response.getContentAsByteArray()).isEmpty();
                writer.flush();
                rowsAtFirstByte.add(rows());
                assertThat(response.getContentAsByteArray()).isNotEmpty();
            });
        }

        assertThat(rowsAtFirstByte).containsExactly(1);
        assertThat(rows()).isEqualTo(1);
        assertThat(response.getContentAsString()).isEqualTo("{\"family\":\"Traoré\"}");
    }

    @Test
    void tracesAnAnswerWithoutABody() throws Exception {
        try (Trace trace = new Trace(database.chain(), Duration.ofSeconds(20))) {
            answering(trace, answer -> answer.setStatus(304));
        }

        assertThat(rows()).isEqualTo(1);
        assertThat(response.getStatus()).isEqualTo(304);
    }

    @Test
    void tracesAnAnswerThatFails() throws Exception {
        try (Trace trace = new Trace(database.chain(), Duration.ofSeconds(20))) {
            answering(trace, answer -> {
                throw new IllegalStateException("Something broke.");
            });
        } catch (IllegalStateException passedOn) {
            assertThat(database.jdbc()
                            .sql("select status from keneya.trace")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(500);
            return;
        }
        throw new AssertionError("The failure was swallowed.");
    }

    /** Else the accesses of others would wait in vain for a request that has ended. */
    @ParameterizedTest
    @CsvSource({"/fhir/Patient/awa, false", "/fhir/Patient/awa, true", "/fhir/metadata, false"})
    void isUnderWayUntilItHasEnded(String path, boolean fails) throws Exception {
        request.setRequestURI(path);
        List<Boolean> complete = new ArrayList<>();
        try (Trace trace = new Trace(database.chain(), Duration.ofSeconds(20))) {
            try {
                answering(trace, answer -> {
                    complete.add(trace.company().isComplete());
                    if (fails) {
                        throw new IllegalStateException("Something broke.");
                    }
                });
            } catch (IllegalStateException passedOn) {
                assertThat(fails).isTrue();
            }
            complete.add(trace.company().isComplete());
        }

        assertThat(complete).containsExactly(false, true);
    }

    @Test
    void isNoLongerWaitedForOnceItsAccessIsThere() throws Exception {
        try (Trace trace = new Trace(database.chain(), Duration.ofSeconds(20))) {
            answering(trace, answer -> {
                answer.flushBuffer();
                assertThat(rows()).isEqualTo(1);
                assertThat(trace.company().isComplete()).isTrue();
            });
        }
    }

    @Test
    @DisplayName("R1: an access is refused with 503 while there is nothing that could trace it")
    void refusesWhatNobodyCouldTrace() throws Exception {
        new AnswersOnceTraced(
                        FhirContext.forR4Cached(),
                        new StaticListableBeanFactory().getBeanProvider(Trace.class),
                        Clock.systemUTC())
                .doFilter(request, response, (asked, answer) -> {
                    throw new AssertionError("It was let through.");
                });

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).contains("ML-TRACE-001");
    }

    private int rows() {
        return database.jdbc()
                .sql("select count(*) from keneya.trace")
                .query(Integer.class)
                .single();
    }

    private void answering(Trace trace, Answering answering) throws Exception {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("trace", trace);
        new AnswersOnceTraced(FhirContext.forR4Cached(), beans.getBeanProvider(Trace.class), Clock.systemUTC())
                .doFilter(request, response, (asked, answer) -> {
                    try {
                        answering.answer((HttpServletResponse) answer);
                    } catch (IOException impossible) {
                        throw new UncheckedIOException(impossible);
                    }
                });
    }

    private interface Answering {
        void answer(HttpServletResponse answer) throws IOException;
    }
}
