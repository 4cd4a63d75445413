package dev.sluice.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The owner-only file that tells where the home server listens; it appears whole or not at all. */
public final class EndpointFile {

    private final Path file;
    private final JsonMapper json = JsonMapper.shared();

    public EndpointFile(HomeFolder folder) {
        this.file = folder.endpointFile();
    }

    /** Empty if there is no server, or if what is there cannot be understood. The server it names may be gone. */
    public Optional<HomeEndpoint> read() {
        try {
            return Optional.ofNullable(json.readValue(Files.readString(file), HomeEndpoint.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** To be called by the holder of the home folder's lock only. */
    public void write(HomeEndpoint endpoint) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        HomeFolder.restrict(fresh, "rw-------");
        Files.writeString(fresh, json.writeValueAsString(endpoint));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** To be called by the holder of the home folder's lock only. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
