package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, and patterns of BYTES; the values are those of Google's reference executor. */
class BytesFunctionTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "TO_HEX(NET.IP_FROM_STRING('1.2.3.255')), TO_HEX(net.ip_from_string('::1')), TO_HEX(NET.IP_FROM_STRING('fe80::ABCD:1.2.3.4')), TO_HEX(NET.IP_FROM_STRING('1:2:3:4:5:6:7::')) -> [010203ff, 00000000000000000000000000000001, fe800000000000000000abcd01020304, 00010002000300040005000600070000]",
                "NET.SAFE_IP_FROM_STRING('01.2.3.4'), NET.SAFE_IP_FROM_STRING('1:2:3:4:5:6:7::8'), NET.SAFE_IP_FROM_STRING('1::2::3'), NET.SAFE_IP_FROM_STRING('fe80::1%eth0'), NET.SAFE_IP_FROM_STRING(NULL), SAFE.NET.IP_TO_STRING(b'abc') -> [null, null, null, null, null, null]",
                "NET.IP_TO_STRING(b'\\x01\\x02\\x03\\xff'), NET.IP_TO_STRING(FROM_HEX('20010db8000000000000000000000001')), NET.IP_TO_STRING(FROM_HEX('00000000000000000000ffff01020304')), NET.IP_TO_STRING(FROM_HEX('00010000000000020000000000030004')) -> [1.2.3.255, 2001:db8::1, ::ffff:1.2.3.4, 1::2:0:0:3:4]",
                "NET.IP_TO_STRING(FROM_HEX('00000000000000000000000000000000')), NET.IP_TO_STRING(FROM_HEX('00000000000000000000000001020304')), NET.IP_TO_STRING(FROM_HEX('00000000000100020003000400050006')) -> [::, ::1.2.3.4, ::1:2:3:4:5:6]",
                "TO_HEX(NET.IP_NET_MASK(4, 20)), TO_HEX(NET.IP_NET_MASK(16, 1)), TO_HEX(NET.IP_TRUNC(b'\\xaa\\xbb\\xcc\\xdd', 11)), NET.IP_TRUNC(NULL, 3) -> [fffff000, 80000000000000000000000000000000, aaa00000, null]",
                "TO_HEX(NET.IPV4_FROM_INT64(4294967295)), TO_HEX(NET.IPV4_FROM_INT64(-2147483648)), NET.IPV4_TO_INT64(b'\\xff\\xff\\xff\\xff') -> [ffffffff, 80000000, 4294967295]",
            })
    void readsAndWritesAddresses(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select)).isEqualTo("[" + row + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "NET.IP_FROM_STRING('1.2.3') -> NET.IP_FROM_STRING() encountered an unparseable IP-address: 1.2.3",
                "NET.IP_TO_STRING(b'abc') -> Expected 4 (for IPv4) or 16 (for IPv6) bytes but got 3",
                "NET.IP_NET_MASK(4, 33) -> The second argument of NET.IP_NET_MASK() must be between 0 and the first argument * 8; got 33",
                "NET.IP_TRUNC(b'abc', 1) -> The first argument of NET.IP_TRUNC() must have length 4 (for IPv4) or 16 (for IPv6); got 3",
                "NET.IPV4_FROM_INT64(4294967296) -> Expected range: [-0x80000000, 0xFFFFFFFF]; got 4294967296",
                "NET.IPV4_TO_INT64(b'abc') -> NET.IPV4_TO_INT64() encountered a non-IPv4 address. Expected 4 bytes but got 3",
            })
    void saysWhatIsNoAddress(String select, String message) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "REGEXP_CONTAINS(b'\\xc3\\xa4', b'^.$'), REGEXP_CONTAINS(b'\\xe4', rb'[\\xe0-\\xff]'), REGEXP_CONTAINS(b'\\xff\\x00a', rb'\\xff.a'), REGEXP_INSTR(b'\\xff\\xe4b', b'b') -> [false, true, true, 3]",
                "REGEXP_EXTRACT(b'abc\\xff', b'c(.)'), REGEXP_EXTRACT(b'a\\x00', b'a(.)'), REGEXP_SUBSTR(b'\\xff\\xe4b', rb'[\\x80-\\xff]', 2, 1), REGEXP_EXTRACT(b'a', b'b') -> [/w==, AA==, 5A==, null]",
                "REGEXP_EXTRACT_ALL(b'a\\x00a\\xffa\"a\\\\', b'a(.)'), REGEXP_EXTRACT_ALL(b'a\\x00a\\xffb', b'a(.)?') -> [[AA==, /w==, Ig==, XA==], [AA==, /w==]]",
                "REGEXP_REPLACE(b'\\xffb', b'(\\xff)(.)', rb'\\2\\1'), REGEXP_REPLACE(b'\\xffb', b'', b'\\xe4') -> [Yv8=, 5P/kYuQ=]",
            })
    void takesEachByteForALetter(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select)).isEqualTo("[" + row + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGEXP_CONTAINS(b'\\xe4', b'(?i)\\xc4')",
                "REGEXP_CONTAINS(b'a', rb'\\x{100}|a')",
                "REGEXP_CONTAINS(b'ab', CONCAT(b'a', b'b'))",
                "NET.HOST('http://a.b')",
                "NET.REG_DOMAIN('http://a.b')",
            })
    void refusesTheRest(String select) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageContaining("ocal BigQuery does not");
    }
}
