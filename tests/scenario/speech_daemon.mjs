// SPDX-License-Identifier: Apache-2.0
// speech-dispatcher with a module of its own that has espeak-ng write what is said into files.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Running, until } from '../../app/tool/demo/processes.mjs';

const languages = ['nl', 'en', 'de', 'fr', 'tr', 'pl', 'ar'];

export class SpeechDaemon {
  // `player`: a shell's command after each sentence, as if it played the sound.
  static async start(folder, player = 'true') {
    const [config, sounds] = [join(folder, 'speech'), join(folder, 'sounds')];
    mkdirSync(join(config, 'modules'), { recursive: true });
    mkdirSync(sounds);
    writeFileSync(
      join(config, 'speechd.conf'),
      ['LogLevel 1', 'DefaultModule file', 'DefaultVolume 100', 'AudioOutputMethod "alsa"', 'AddModule "file" "sd_generic" "file.conf"', ''].join('\n'),
    );
    // A machine without a sound card: the module opens one all the same before it says anything.
    writeFileSync(join(config, 'asound.conf'), 'pcm.!default { type null }\nctl.!default { type null }\n');
    // A name by the clock, so that files sort as they were said; whole only under its last name.
    const file = `${sounds}/$(date +%s.%N)`;
    const synth = `F=${file}; printf %s \\'$DATA\\' | espeak-ng -v $VOICE --stdin -w $F.part && mv $F.part $F.$VOICE.wav; ${player}`;
    const voices = languages.flatMap((l) => [`GenericLanguage "${l}" "${l}" "utf-8"`, `AddVoice "${l}" "MALE1" "${l}"`]);
    writeFileSync(join(config, 'modules', 'file.conf'), ['Debug 0', `GenericExecuteSynth "${synth}"`, ...voices, ''].join('\n'));
    const socket = join(folder, 'speech.sock');
    const words = ['-s', '-C', config, '-S', socket, '-P', join(folder, 'speech.pid'), '-L', folder, '-t', '0'];
    const daemon = new SpeechDaemon(new Running('speech-dispatcher', words, { env: { ALSA_CONFIG_PATH: join(config, 'asound.conf') } }), socket, sounds);
    await until('the speech daemon to listen', () => readdirSync(folder).includes('speech.sock'));
    return daemon;
  }

  constructor(process, socket, sounds) {
    this.process = process;
    this.env = { SPEECHD_ADDRESS: `unix_socket:${socket}` };
    this.sounds = sounds;
  }

  // What was said so far: {voice, seconds, loudness}, loudness as the root of the mean square, 0 … 1.
  said() {
    return readdirSync(this.sounds)
      .filter((name) => name.endsWith('.wav'))
      .sort()
      .map((name) => ({ voice: name.split('.').at(-2), ...measure(readFileSync(join(this.sounds, name))) }));
  }

  async stop() {
    await this.process.stop();
  }
}

// A WAV of 16-bit samples, one channel, as espeak-ng writes it.
function measure(wav) {
  const rate = wav.readUInt32LE(24);
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length - (wav.length % 2)));
  const squares = samples.reduce((sum, s) => sum + (s / 32768) ** 2, 0);
  return { seconds: samples.length / rate, loudness: Math.sqrt(squares / Math.max(1, samples.length)) };
}
