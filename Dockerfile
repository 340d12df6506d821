# One pattern for the four services:
#   ./taxoscope mvn -B -DskipTests package
#   docker build --build-arg SERVICE=sae-service -t taxoscope/sae-service .
# The base needs glibc and libstdc++ (for ONNX Runtime) and bash (for the health check); Temurin's default has them.
ARG BASE_IMAGE=eclipse-temurin:25-jre

FROM ${BASE_IMAGE} AS unpacked
ARG SERVICE
WORKDIR /build
COPY ${SERVICE}/target/*-exec.jar app.jar
# Libraries and our own classes apart, so that a new build changes only a small layer.
RUN java -Djarmode=tools -jar app.jar extract --layers --destination app

FROM ${BASE_IMAGE}
# The store's folder belongs to the user, and so does a volume that Docker makes for it.
RUN mkdir -p /store /app && chown 10001:10001 /store
WORKDIR /app
COPY --from=unpacked /build/app/dependencies/ ./
COPY --from=unpacked /build/app/spring-boot-loader/ ./
COPY --from=unpacked /build/app/snapshot-dependencies/ ./
COPY --from=unpacked /build/app/application/ ./
USER 10001:10001
VOLUME /store
ENV TAXOSCOPE_STORE_ROOT=/store \
    SERVER_PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=300s --retries=6 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200'"]
# JAVA_TOOL_OPTIONS adds to these.
ENTRYPOINT ["java", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", \
  "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=70", "-Duser.home=/tmp", "-jar", "app.jar"]
