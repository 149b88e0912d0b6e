import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Whose ssh signature a commit has, as git itself checks it; null where it has none, or none that is good
 * for somebody who is listed. No setting of the repository has a say in it.
 *
 * @param signers absolute path of a file of allowed signers; ssh-keygen(1)
 */
export async function verifySignature(
  repo: Repo,
  commit: Oid,
  signers: string,
): Promise<string | null> {
  const settings = [
    `gpg.ssh.allowedSignersFile=${signers}`,
    'gpg.ssh.revocationFile=',
    'gpg.ssh.program=ssh-keygen',
    // What is signed in another way is nobody's: its keys are those of the machine.
    'gpg.program=false',
    'gpg.openpgp.program=false',
    'gpg.x509.program=false',
    'gpg.minTrustLevel=undefined',
  ].flatMap((setting) => ['-c', setting]);
  const show = ['log', '-1', '--no-show-signature', '--no-notes', '--format=%G?%x00%GS'];
  const result = await runGit(repo, [...settings, ...show, '--end-of-options', commit], {
    environment: { GIT_NO_REPLACE_OBJECTS: '1' },
    ok: [0, 128],
  });
  const [verdict, signer = ''] = result.stdout.toString().replace(/\n$/, '').split('\0');
  return result.code === 0 && verdict === 'G' && signer !== '' ? signer : null;
}
