package dev.sluice.jobs.bulkinsert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/** One fixture for all classes that ask for it: the first opens it, the end of all tests closes it. */
final class SharedFixture implements ParameterResolver {

    private record Open(Path folder, BulkInsertFixture fixture) implements AutoCloseable {

        static Open now() {
            try {
                Path folder = Files.createTempDirectory("bulk-insert");
                return new Open(folder, new BulkInsertFixture(folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            fixture.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BulkInsertFixture.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedFixture.class))
                .computeIfAbsent(Open.class, key -> Open.now(), Open.class)
                .fixture();
    }
}
