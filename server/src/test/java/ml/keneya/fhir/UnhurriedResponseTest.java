package ml.keneya.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class UnhurriedResponseTest {

    @Test
    void sendsNothingBecauseOfAFlush() throws IOException {
        MockHttpServletResponse below = new MockHttpServletResponse();
        PrintWriter writer = new UnhurriedResponse(below).getWriter();

        writer.write("{\"count\":1");
        writer.flush();

        assertThat(below.isCommitted()).isFalse();
    }

    @Test
    void sendsAllWhenItIsClosed() throws IOException {
        MockHttpServletResponse below = new MockHttpServletResponse();
        UnhurriedResponse response = new UnhurriedResponse(below);

        response.getWriter().write("{\"count\":1");
        response.getWriter().write("}");
        response.getWriter().close();

        assertThat(below.isCommitted()).isTrue();
        assertThat(below.getContentAsString()).isEqualTo("{\"count\":1}");
    }
}
