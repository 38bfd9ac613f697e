# Wrenchbook's media writer: puts an image onto a device or into a file, and compares it with what is there then.
#
# Perl, with nothing but what Debian's perl-base has: it is on every desktop system, opens a device once and exclusively, reads
# its identity from that very descriptor, and writes past the page cache. Why not dd or Node: docs/decisions/024. The files of
# this folder are one program, in the order of their names; it is handed over in front of the script that calls it.
use strict;
use warnings;
use Fcntl;
use Errno;
use IO::Handle;
use POSIX ();

our ($block_size, $sector_size) = (4 * 1024 * 1024, 512);
our @ending;    # what is done before the program ends, however it ends
my $ticks = POSIX::sysconf(&POSIX::_SC_CLK_TCK);

# Seconds of a clock that nobody sets; hundredths.
sub now { return (POSIX::times())[0] / $ticks }

sub report { print STDOUT "\r\e[K", @_, "\n"; return }

sub tidy_up { while (my $work = pop @ending) { $work->() } return }
sub finish { my ($status) = @_; tidy_up(); exit $status }

# Nothing was written.
sub refuse { report('Refused: ', @_); return finish(3) }
# Something was written, or read, and it did not go well.
sub give_up { report('Failed: ', @_); return finish(1) }

sub rate { my ($bytes, $seconds) = @_; return sprintf '%.1f MB/s', $bytes / 1e6 / ($seconds > 0.01 ? $seconds : 0.01) }

# Counts bytes and shows them in one line that is written over by the next one; electron/backend/media/progress.ts reads it.
sub new_meter { my ($what, $bytes) = @_; my $now = now(); return { what => $what, bytes => $bytes, begun => $now, marks => [ [ $now, $bytes ] ], shown => 0 } }
sub count_bytes {
    my ($meter, $more, $total) = @_;
    $meter->{bytes} += $more;
    my $now = now();
    return if $now - $meter->{shown} < 0.25;
    $meter->{shown} = $now;
    # Over the last three seconds: steady, and quick to follow.
    my $marks = $meter->{marks};
    push @$marks, [ $now, $meter->{bytes} ];
    shift @$marks while @$marks > 2 && $marks->[1][0] < $now - 3;
    my $seconds = $now - $marks->[0][0] or return;
    show_meter($meter, $total->(), ($meter->{bytes} - $marks->[0][1]) / $seconds);
    return;
}
sub show_meter {
    my ($meter, $total, $per_second) = @_;
    my $bytes = $meter->{bytes};
    my $left = $total && $per_second > 0 && $total >= $bytes ? sprintf('%d s left', ($total - $bytes) / $per_second) : 'time left not known';
    my $of = $total ? sprintf(' of %d', $total) : '';
    print STDOUT "\r$meter->{what}: $bytes$of bytes, ", rate($per_second, 1), ", $left\e[K";
    return;
}
sub close_meter {
    my ($meter, $word, $after) = @_;
    my ($bytes, $seconds) = ($meter->{bytes}, now() - $meter->{begun} || 0.01);
    show_meter($meter, $bytes, $bytes / $seconds);
    report(sprintf '%s: %d bytes in %.1f s, %s.%s', $word, $bytes, $seconds, rate($bytes, $seconds), $after);
    return $bytes;
}

$SIG{INT} = $SIG{TERM} = $SIG{HUP} = sub { our $cancelled = 1 };
$| = 1;
