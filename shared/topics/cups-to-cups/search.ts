/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'cups page_log page-log print-server druckserver printing-server pykota papercut print-job* print-quota ppd cupsfilter* serveur-d-impression servidor-de-impresión | page-log page_log count* account* pages page quota total filter* twice unfiltered raw passthrough pass-through double seite* seiten* raw-queue forward* duplex bigger ten-times larger cupsfilter* zähl* compte páginas counted driver-on both',
    'page_log | *',
    'accounting quota count* | page pages print* | one 1 single wrong',
    'print* job jobs queue druck* driver ppd | filter* unfiltered unprocessed raw cupsfilter* | client* server workstation* remote print-server queue',
    'cups cupsd print-server ipp printserver | render* unchanged squared twice copies copies-get central vnd.cups* unsupported-document-format untouched as-is passed local-printer | *',
    'application-vnd.cups* | *',
  ],
  asked: [
    'page_log on the print server always shows one page although the document had 12',
    'jobs get filtered on the client and again on the server',
    'want raw forwarding from workstation cups to central cups so pykota can count',
    'cups accounting is wrong, all jobs count 1 page',
    'how do I make the client queue pass PDF through unfiltered',
    'vendor PPD on both sides, duplex gets lost on the way to the server',
    'Seitenzähler im page_log des CUPS-Servers stimmt nicht',
    'spool files are ten times bigger when they reach our cups server',
    'print jobs counted as a single page by our accounting',
    'send the job unprocessed from the linux clients to the print server',
    'cups log shows total 1 for a 30 page pdf',
    'two cups servers, job filtered twice',
    'PPD with cupsFilter */* passthrough for remote queue',
    'quota software only sees 1 page per print',
    'client side filtering should be off, server has the driver',
    'Auf dem Druckserver werden alle Aufträge mit einer Seite protokolliert',
    'cups client raw queue server filtering',
    'cups jobs filtered twice',
    'Ubuntu clients render the PDF themselves before they send to our print server, I want only the central CUPS to do it',
    'page_log on the print server shows always 1 page and no duplex because the client already converted the job',
    'how to set up local printer ipp://printserver/printers/xyz so that options go along and the file is passed unchanged',
    'Number of copies get squared, 3 copies give 9, both local cupsd and the remote cupsd apply it',
    'E [14/Feb/2017:10:22:41 +0100] [Job 214] Unsupported document-format "application/vnd.cups-postscript" from ipp://cups.example.org:631/printers/hp4250',
    'Client-CUPS soll Druckaufträge ungefiltert an den CUPS-Server weiterreichen, Seitenzählung stimmt nicht',
  ],
  nearMisses: [
    'the printer has a paper jam',
    'cups asks for a password to cancel a job',
    'hp greta 14 [30/Nov/2026:10:12:12 +0100] total 6 - desk4 report.pdf na_letter_8.5x11in two-sided-long-edge',
  ],
};
