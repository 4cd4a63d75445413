package dev.sluice.ledger;

import java.nio.file.Path;

class FencedLedgerOnH2Tests extends FencedLedgerContract {

    @Override
    String url(Path folder) {
        return "jdbc:h2:mem:fenced-ledger;DB_CLOSE_DELAY=-1;USER=sa";
    }
}
