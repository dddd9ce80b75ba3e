# The exchange without a database of its own. Build the jar first: mvn -q -B -DskipTests package (docs/operations/docker.md).
# Unpacked, because Java finds classes in two hundred jars faster than in one that holds them (decision 0007); in layers,
# so that an update sends only what has changed over a slow line.
FROM eclipse-temurin:21-jre AS unpacked
COPY server/target/keneya-server.jar /tmp/
RUN java -Djarmode=tools -jar /tmp/keneya-server.jar extract --layers --destination /layers && chmod -R a+rX /layers

FROM eclipse-temurin:21-jre
RUN groupadd --gid 10001 keneya && useradd --uid 10001 --gid keneya --no-create-home --shell /usr/sbin/nologin keneya
COPY --from=unpacked /layers/dependencies/ /opt/keneya/
COPY --from=unpacked /layers/snapshot-dependencies/ /opt/keneya/
COPY --from=unpacked /layers/application/ /opt/keneya/

USER keneya
WORKDIR /tmp
EXPOSE 8080

# Three quarters of the container's memory, what the delivered launcher sets in megabytes; the rest as the launcher has it.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError \
    -XX:MetaspaceSize=192m \
    -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=12000 \
    -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000"

# The image has neither curl nor wget for certain, but it has bash.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3 && read -r protocol status rest <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["java", "-jar", "/opt/keneya/keneya-server.jar"]
