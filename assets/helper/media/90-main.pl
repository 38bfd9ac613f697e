# wbmedia check  --source FILE [--sha256 DIGEST]
# wbmedia write  --source FILE --to DEVICE|FILE [--vendor V --model M --serial S --bytes N] [--holes leave]
# `--holes leave`: where the source has holes, what is on a device stays as it is; for images whose free space nobody reads.
# Status: 0 well, 1 failed on the way, 2 called wrongly, 3 refused before anything was written, 130 cancelled.
sub main {
    my ($what, @words) = @_;
    my %given = (vendor => '', model => '', serial => '', bytes => 0);
    while (@words) {
        my $name = shift @words;
        $name =~ /^--(source|to|vendor|model|serial|bytes|sha256|holes)$/ && @words or do { report("wbmedia: $name is not known, or has no value"); exit 2 };
        $given{$1} = shift @words;
    }
    defined $given{source} or do { report('wbmedia: --source is missing'); exit 2 };
    return check_source(\%given) if ($what // '') eq 'check';
    ($what // '') eq 'write' && defined $given{to} or do { report('wbmedia: check or write, and where to'); exit 2 };
    my $target = open_target($given{to}, \%given);
    my %how = (skip_holes => !$target->{device} || ($given{holes} // '') eq 'leave');
    my $open = sub { return { %{ open_source($given{source}) }, %how } };
    my $source = { %{ open_image($given{source}) }, %how };
    my $written = write_image($target, $source);
    compare_image($target, $open->(), $written);
    put_in_place($target);
    return finish(0);
}

sub put_in_place {
    my ($target) = @_;
    if (!$target->{device}) {
        link $target->{draft}, $target->{path} or give_up("$target->{draft} can't be named $target->{path}: $!");
        report("The image file is complete: $target->{path}");
        return;
    }
    ioctl $target->{open}, 0x125F, 0;    # BLKRRPART: its new partitions; refused by what has none
    tidy_up();
    close $target->{open};
    let_go($target);
    return;
}

# As a desktop's "safely remove" does: the USB device is told to let go, after its cache has been emptied.
sub let_go {
    my ($target) = @_;
    my $up = "$target->{folder}/device";
    for (1 .. 12) {
        $up .= '/..';
        next if !-e "$up/idVendor";
        if (open my $remove, '>', "$up/remove") { print $remove '1'; close $remove and report('Ejected: it is safe to take it out.'), return }
        last;
    }
    report('Everything is on it: it is safe to take it out.');
    return;
}

# The digest is of the file as it is, packed or not, as those who publish images give it.
sub check_source {
    my ($given) = @_;
    drop_source(open_image($given->{source}));
    my ($wanted, $from) = (lc($given->{sha256} // ''), 'given');
    ($wanted, $from) = digest_beside($given->{source}) if $wanted eq '';
    if ($wanted eq 'unknown') { report("Warning: $given->{source}.sha256 has no SHA-256 in a form that is known: nothing was compared."); return finish(0) }
    if ($wanted eq '') { report('No checksum was given, and no .sha256 file lies beside it: what is in the file is not proved.'); return finish(0) }
    $wanted =~ /^[0-9a-f]{64}$/ or refuse("\"$wanted\" is no SHA-256: it has 64 hexadecimal digits");
    my ($in, $child) = start_program(undef, -x '/usr/bin/shasum' && !installed('sha256sum') ? ('shasum', '-a', '256', '--', $given->{source}) : ('sha256sum', '--', $given->{source}));
    my $said = <$in> // '';
    waitpid $child, 0;
    my $found = $said =~ /^\\?([0-9a-f]{64})/ ? $1 : refuse("the checksum of $given->{source} can't be made");
    refuse("$given->{source} is not the file it should be: its SHA-256 is $found, and $wanted was $from. Get it again") if $found ne $wanted;
    report("SHA-256 $found: as $from.");
    return finish(0);
}
# What stands in FILE.sha256: the digest, and whose words it is. As sha256sum writes it (with a name, a path before it or alone), BSD's
# sha256, openssl, or GitHub's `sha256:`. ('', '') where there is no such file, ('unknown', '') where none of it is a digest.
sub digest_beside {
    my ($path) = @_;
    my ($name) = $path =~ m{([^/]+)$};
    my $file = as_reader(sub { open my $opened, '<', "$path.sha256" or return; $opened }) or return ('', '');
    my $others = 0;
    while (my $line = <$file>) {
        $line =~ s/^\xef\xbb\xbf//;
        my ($digest, $of);
        if ($line =~ /^\s*\\?(?:sha256:)?([0-9a-f]{64})(?:\s+\*?(\S.*?))?\s*$/i) { ($digest, $of) = (lc $1, $2) }
        elsif ($line =~ /^\s*SHA2?-?256\s?\((.+)\)\s?=\s*([0-9a-f]{64})\s*$/i) { ($digest, $of) = (lc $2, $1) }
        else { next }
        my $last = defined $of ? (split m{[/\\]}, $of)[-1] // '' : $name;
        return ($digest, "$name.sha256 says") if $last eq $name;
        $others++;
    }
    return ('unknown', '') if !$others;
    refuse("$path.sha256 does not name $name");
    return;
}

main(@ARGV);
