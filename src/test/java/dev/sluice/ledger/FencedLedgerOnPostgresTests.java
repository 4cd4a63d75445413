package dev.sluice.ledger;

import dev.sluice.database.PostgresServer;
import java.nio.file.Path;

class FencedLedgerOnPostgresTests extends FencedLedgerContract {

    @Override
    String url(Path folder) {
        return PostgresServer.newDatabase();
    }
}
