# Memory for direct I/O: it has to begin where a page begins. Perl reads and writes at an offset into a string, so a string
# that is a page longer is taken, and the offset at which its memory is aligned.
sub new_buffer {
    my $memory = "\0" x ($block_size + 4096);
    my $buffer = { memory => \$memory, at => 0, length => 0 };
    align($buffer);
    return $buffer;
}
sub align {
    my ($buffer) = @_;
    $buffer->{at} = -unpack('J', pack('p', ${ $buffer->{memory} })) % 4096;
    return;
}
sub content { my ($buffer) = @_; return substr ${ $buffer->{memory} }, $buffer->{at}, $buffer->{length} }

# Reads until the buffer is full or there is no more; false where reading failed.
sub fill {
    my ($buffer, $from, $wanted) = @_;
    $buffer->{length} = 0;
    while ($buffer->{length} < $wanted) {
        my $got = sysread $from, ${ $buffer->{memory} }, $wanted - $buffer->{length}, $buffer->{at} + $buffer->{length};
        next if !defined $got && $!{EINTR} && !our $cancelled;
        return 0 if !defined $got;
        last if $got == 0;
        $buffer->{length} += $got;
    }
    return 1;
}

# Zeros behind the content up to a whole sector: direct I/O knows no part of one.
sub pad {
    my ($buffer) = @_;
    my $missing = -$buffer->{length} % $sector_size;
    substr(${ $buffer->{memory} }, $buffer->{at} + $buffer->{length}, $missing) = "\0" x $missing if $missing;
    return $buffer->{length} + $missing;
}

# Where two texts of one length differ first.
sub first_difference {
    my ($left, $right) = @_;
    my $same = ($left ^ $right) =~ /[^\0]/ ? $-[0] : length $left;
    return $same;
}
