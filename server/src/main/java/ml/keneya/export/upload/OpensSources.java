package ml.keneya.export.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import ml.keneya.fhir.StreamedBodies;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Fetches files. The address that a name stands for is looked at when the connection is made and not before, so that no
 * second answer of a name server can lead elsewhere. It follows nobody elsewhere either, and shows no credentials.
 */
@Component
class OpensSources {

    private static final Timeout CONNECTING = Timeout.of(10, TimeUnit.SECONDS);
    private static final Timeout SILENCE = Timeout.of(60, TimeUnit.SECONDS);

    private final StreamedBodies bodies;
    private final ImportSettings settings;
    private final TryingOutSettings tryingOut;

    OpensSources(StreamedBodies bodies, ImportSettings settings, TryingOutSettings tryingOut) {
        this.bodies = bodies;
        this.settings = settings;
        this.tryingOut = tryingOut;
    }

    /** Why a file cannot be fetched. */
    static final class SourceException extends IOException {

        private static final long serialVersionUID = 1L;

        private final boolean lasting;

        SourceException(String why, boolean lasting) {
            super(why);
            this.lasting = lasting;
        }

        /** Whether another try would meet the same. */
        boolean isLasting() {
            return lasting;
        }
    }

    /**
     * A file that is being fetched.
     *
     * @param lines inflated, and never more than is allowed
     * @param validator changes with the content; null when the source says nothing of the kind
     */
    record Opened(
            CloseableHttpClient client,
            ClassicHttpResponse response,
            InputStream lines,
            @Nullable String validator) implements AutoCloseable {

        /** Not politely: what was not read of a file must not be fetched now. */
        @Override
        public void close() {
            client.close(CloseMode.IMMEDIATE);
        }
    }

    /** @throws SourceException when it cannot be fetched, now or at all */
    Opened open(URI address) throws SourceException {
        CloseableHttpClient client = client(address);
        boolean opened = false;
        try {
            HttpGet get = new HttpGet(address);
            get.setHeader("Accept", "application/fhir+ndjson");
            get.setHeader("Accept-Encoding", "gzip");
            ClassicHttpResponse response = client.executeOpen(HttpHost.create(address), get, null);
            int status = response.getCode();
            if (status != 200 || response.getEntity() == null) {
                throw new SourceException("HTTP " + status, isLasting(status));
            }
            FormOfSource.check(response, response.getEntity());
            InputStream sent = new PacedStream(response.getEntity().getContent(), System::nanoTime);
            InputStream lines = bodies.bounded(sent, FormOfSource.isZipped(response), settings.maximumUpload());
            opened = true;
            return new Opened(client, response, new Faults(lines), validator(response));
        } catch (SourceException known) {
            throw known;
        } catch (UnknownHostException refusedOrUnknown) {
            throw new SourceException("DNS", refusedOrUnknown instanceof NotAllowedException);
        } catch (IOException failed) {
            throw new SourceException(failed.getClass().getSimpleName(), false);
        } finally {
            if (!opened) {
                client.close(CloseMode.IMMEDIATE);
            }
        }
    }

    /** A file that breaks off is one that can be tried again. */
    private static final class Faults extends FilterInputStream {

        Faults(InputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (SourceException known) {
                throw known;
            } catch (IOException brokenOff) {
                throw new SourceException(brokenOff.getClass().getSimpleName(), false);
            }
        }
    }

    private CloseableHttpClient client(URI address) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Guard(address))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECTING)
                                .setSocketTimeout(SILENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(SILENCE).build())
                .disableRedirectHandling()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Keneya")
                .build();
    }

    private static boolean isLasting(int status) {
        return status < 500 && status != 408 && status != 425 && status != 429;
    }

    private static @Nullable String validator(ClassicHttpResponse response) {
        String tag = valueOf(response, "ETag");
        String modified = valueOf(response, "Last-Modified");
        return tag.isEmpty() && modified.isEmpty() ? null : tag + " " + modified;
    }

    private static String valueOf(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    /** An address that the operator did not mean when it allowed the name. */
    private static final class NotAllowedException extends UnknownHostException {

        private static final long serialVersionUID = 1L;
    }

    /** The connection goes to exactly the addresses that are returned here. */
    private final class Guard implements DnsResolver {

        private final URI source;

        Guard(URI source) {
            this.source = source;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] all = InetAddress.getAllByName(host);
            if (!Arrays.stream(all).allMatch(this::isAllowed)) {
                throw new NotAllowedException();
            }
            return all;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }

        private boolean isAllowed(InetAddress address) {
            boolean here = address.isLoopbackAddress() && (tryingOut.sandbox() || settings.privateAddresses());
            // Without TLS only where nobody stands between the two ends.
            return AllowedSources.isEncrypted(source)
                    ? here || settings.privateAddresses() || PublicAddresses.holds(address)
                    : here;
        }
    }
}
