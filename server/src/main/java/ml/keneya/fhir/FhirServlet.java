package ml.keneya.fhir;

import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Puts the {@link FhirServer} into the web container once Spring has built everything. */
class FhirServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient ObjectProvider<FhirServer> servers;
    private transient @Nullable RestfulServer server;

    FhirServlet(ObjectProvider<FhirServer> servers) {
        this.servers = servers;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        RestfulServer built = servers.getObject().restful();
        built.init(config);
        server = built;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        String preferred = request instanceof HttpServletRequest http ? http.getHeader("Accept-Language") : null;
        try (Language.Spoken spoken = Language.accepted(preferred).spoken()) {
            Objects.requireNonNull(server, "The container initialises a servlet before it serves.")
                    .service(
                            request,
                            response instanceof HttpServletResponse http ? new UnhurriedResponse(http) : response);
        }
    }

    @Override
    public void destroy() {
        if (server != null) {
            server.destroy();
        }
    }
}
