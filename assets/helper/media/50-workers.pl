# Several processes share the work, so that unpacking, reading and writing overlap. One token goes round: who holds it reads the
# next block of the source, and passes it on before it writes that block or compares it. How many blocks are under way at once
# is decided by permits, which the parent hands out by what the device makes of them.
my $record = 'A1 x7 Q> Q> Q> Q>';    # what, worker, block, bytes or place, errno
my $record_size = 40;

# `work` takes a buffer and its place in bytes, and answers with ('done', bytes), ('error', place, errno) or ('different', place).
sub start_workers {
    my ($source, $first_block, $count, $make_work) = @_;
    my %pool = (running => {}, free => 0, under_way => 0);
    pipe $pool{permits_out}, $pool{permits_in} and pipe $pool{token_out}, $pool{token_in} and pipe $pool{news_out}, $pool{news_in}
        or give_up("no pipe can be made: $!");
    for my $worker (1 .. $count) {
        my $child = fork // give_up("no process can be started: $!");
        if (!$child) { close $pool{permits_in}; close $pool{news_out}; be_worker(\%pool, $source, $worker, $make_work->()); POSIX::_exit(0) }
        $pool{running}{$child} = $worker;
    }
    close $pool{$_} for qw(permits_out news_in);
    syswrite $pool{token_in}, pack 'Q>', $first_block;
    return \%pool;
}

sub be_worker {
    my ($pool, $source, $worker, $work) = @_;
    $SIG{INT} = 'IGNORE';    # the parent decides; it ends what does not end by itself
    $SIG{TERM} = $SIG{HUP} = 'DEFAULT';
    @ending = ();
    my $buffer = new_buffer();
    my $news = sub { syswrite $pool->{news_in}, pack $record, $_[0], $worker, map { $_ // 0 } @_[ 1 .. 3 ] };
    my $no_more = 2**63;
    while (sysread $pool->{permits_out}, my $permit, 1) {
        sysread $pool->{token_out}, my $token, 8;
        my $block = unpack 'Q>', $token;
        if ($block < $no_more && (my $behind = behind_hole($source, $block)) > $block) {
            syswrite $pool->{token_in}, pack 'Q>', $behind;
            $news->('W', $block, ($behind - $block) * $block_size);
            next;
        }
        my $read = $block < $no_more && fill($buffer, $source->{in}, $block_size);
        my $is_last = !$read || $buffer->{length} < $block_size;
        syswrite $pool->{token_in}, pack 'Q>', $is_last ? $no_more : $block + 1;
        if ($block < $no_more && !$read) { $news->('S', $block); return }
        if ($buffer->{length} == 0 || $block >= $no_more) { $news->('X', $block); return }
        my ($what, $number, $errno) = $work->($buffer, $block * $block_size);
        $news->({ done => 'W', error => 'E', different => 'D' }->{$what}, $block, $number, $errno);
        return if $what ne 'done';
    }
    return;
}

sub give_permit { my ($pool) = @_; $pool->{under_way}++; syswrite $pool->{permits_in}, 'p'; return }

# Runs it to its end. `on_news` is told of every block that is done. Answers with what ended it before its time, or undef:
# { what => 'E' | 'D' | 'S' | 'gone' | 'cancelled', place, errno }. Of several places the first one counts.
sub run_workers {
    my ($pool, $depth_of, $on_done) = @_;
    my $trouble;
    my $count = keys %{ $pool->{running} };
    give_permit($pool) for 1 .. $depth_of->(0);
    my $buffered = '';
    while ($pool->{under_way} > 0) {
        if (our $cancelled) { $trouble = { what => 'cancelled', place => 0, errno => 0 }; last }
        my $ready = '';
        vec($ready, fileno $pool->{news_out}, 1) = 1;
        my $found = select $ready, undef, undef, 0.2;
        if ($found <= 0) {
            if (gather_ended($pool)) { $trouble = { what => 'gone', place => 0, errno => 0 }; last }
            $on_done->(0);
            next;
        }
        sysread $pool->{news_out}, $buffered, $record_size * 64, length $buffered or last;
        while (length $buffered >= $record_size) {
            my ($what, $worker, $block, $number, $errno) = unpack $record, substr $buffered, 0, $record_size, '';
            $pool->{under_way}--;
            if ($what eq 'W') { $on_done->($number) }
            elsif ($what ne 'X') {
                my $place = $what eq 'S' ? $block * $block_size : $number;
                $trouble = { what => $what, place => $place, errno => $errno } if !$trouble || $place < $trouble->{place};
            }
            else { $pool->{at_end} = 1 }
            next if $trouble || $pool->{at_end};
            my $depth = $depth_of->($number);
            $depth = $count if $depth > $count;
            give_permit($pool) while $pool->{under_way} < $depth;
        }
    }
    stop_workers($pool);
    return $trouble;
}

# Workers only: the program that unpacks the source is asked how it went by close_source. True where one was killed.
sub gather_ended {
    my ($pool) = @_;
    my $killed = 0;
    for my $worker (keys %{ $pool->{running} }) {
        next if waitpid($worker, POSIX::WNOHANG()) != $worker;
        $killed ||= $?;
        delete $pool->{running}{$worker};
    }
    return $killed;
}

# Those that are in the middle of a block are ended, and waited for half a second: a device may hold one for longer.
sub stop_workers {
    my ($pool) = @_;
    close $pool->{$_} for qw(permits_in token_in token_out);
    for (1 .. 50) {
        gather_ended($pool);
        last if !%{ $pool->{running} };
        kill 'KILL', keys %{ $pool->{running} } if $_ > 2;
        select undef, undef, undef, 0.01;
    }
    return;
}

# How many blocks are under way: twice as many or half as many are tried as long as that is faster by a twentieth.
sub depth_finder {
    my ($most) = @_;
    my ($depth, $direction, $before, $bytes, $since, $blocks) = (2, 2, 0, 0, now(), 0);
    return sub {
        my ($done) = @_;
        $bytes += $done;
        $blocks++;
        my $seconds = now() - $since;
        return $depth if !$direction || $seconds < 0.5 || $blocks < 4 * $depth;
        my $rate = $bytes / $seconds;
        if ($before && $rate < $before * 1.05) {
            # No better than before: back to that, and the other way was tried or is now.
            $depth = $direction > 1 ? $depth / 2 : $depth * 2;
            $direction = $direction > 1 && $depth == 2 ? 0.5 : 0;
        }
        else { $before = $rate }
        my $next = $depth * ($direction || 1);
        if ($next < 1 || $next > $most) { $direction = 0 }
        else { $depth = $next }
        ($bytes, $blocks, $since) = (0, 0, now());
        return $depth;
    };
}
