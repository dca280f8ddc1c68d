package org.smileadventure.common.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ByteWriterTest {

  @Test
  void numbersOfEveryLengthReadBack() {
    var numbers =
        IntStream.range(0, Long.SIZE)
            .mapToLong(bit -> 1L << bit)
            .flatMap(power -> LongStream.of(power - 1, power, -power, -power - 1))
            .toArray();
    var out = new ByteWriter();
    for (var number : numbers) {
      out.number(number);
    }
    var in = new ByteReader(out.written());
    for (var number : numbers) {
      assertThat(in.number()).isEqualTo(number);
    }
    assertThat(in.isAtEnd()).isTrue();
  }

  @Test
  void smallNumberTakesOneByte() {
    var out = new ByteWriter();
    out.number(63);
    out.number(-64);
    assertThat(out.written()).hasSize(2);
  }

  @Test
  void wordsAndNumbersOfAnySizeReadBack() {
    var word = "sincroniserò ".repeat(1_000);
    var out = new ByteWriter();
    out.word(word);
    out.number(Long.MIN_VALUE);
    out.word("");
    var in = new ByteReader(out.written());
    assertThat(in.word()).isEqualTo(word);
    assertThat(in.number()).isEqualTo(Long.MIN_VALUE);
    assertThat(in.word()).isEmpty();
  }
}
