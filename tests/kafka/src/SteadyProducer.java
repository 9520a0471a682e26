import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes `rate` records a second, over the partitions in turn, until it is closed. Its clock is
 * `ageMs` slow.
 */
final class SteadyProducer {
  private static final int STEP_MS = 50;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final int rate;
  private final long ageMs;
  private final Thread thread = new Thread(this::run, "producer");
  private volatile boolean stop;
  private volatile long sent;

  SteadyProducer(
      KafkaProducer<byte[], byte[]> producer, String topic, int partitions, int rate, long ageMs) {
    this.producer = producer;
    this.topic = topic;
    this.partitions = partitions;
    this.rate = rate;
    this.ageMs = ageMs;
    thread.setDaemon(true);
    thread.start();
  }

  long sent() {
    return sent;
  }

  void requestStop() {
    stop = true;
  }

  void close() throws InterruptedException {
    requestStop();
    thread.join();
    producer.close();
  }

  private void run() {
    long start = System.nanoTime();
    while (!stop) {
      long due = (System.nanoTime() - start) / 1_000_000 * rate / 1000;
      for (; sent < due; ++sent) {
        int partition = (int) (sent % partitions);
        long stamp = System.currentTimeMillis() - ageMs;
        producer.send(new ProducerRecord<>(topic, partition, stamp, null, new byte[40]));
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(STEP_MS);
    } catch (InterruptedException ended) {
      stop = true;
    }
  }
}
