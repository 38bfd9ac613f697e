/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'openmpi open-mpi mpirun mpi mpiexec openfabrics mlx4* log_num_mtt log_mtts_per_seg udapl openib mellanox infiniband connectx ib | memory register* registr* speicher mémoire memoria log_num_mtt log_mtts* udapl warn* openfabrics openib btl limit part-of relevant-network mtt mtts',
    'log_num_mtt log_mtts_per_seg udapl registerable* | *',
    'openfabrics | *',
    'rocks mpi openmpi | ib_ipoib mlx4_ib mlx4* ib infiniband compute-nodes ethernet',
  ],
  asked: [
    'mpirun warns about registered memory on the mlx4 nodes',
    'WARNING: It appears that your OpenFabrics subsystem is configured to only allow registering part of your physical memory.',
    'set log_num_mtt for ConnectX cards on rocks',
    'cluster jobs print uDAPL warnings',
    'how much memory can be registered with log_mtts_per_seg 3',
    'A high-performance Open MPI point-to-point messaging module was unable to find any relevant network interfaces: Module: OpenFabrics (openib)',
    'hpc cluster mellanox memory limit openmpi',
    'Open MPI meldet zu wenig registrierbaren Speicher',
    'infiniband nodes: Registerable memory: 32768 MiB, Total memory: 131072 MiB',
    'openmpi OpenFabrics subsystem only part of physical memory',
    'mlx4_core log_num_mtt how to calculate',
    'disable udapl btl in openmpi-mca-params.conf',
    'mpi job warnings on our rocks cluster with Mellanox',
    'memory registration limit for ib verbs',
    'mpirun complains about registering memory',
    'Warnung bei mpirun wegen InfiniBand-Speicher',
    'openmpi log_num_mtt mlx4_core',
    'rocks cluster mpi infiniband uDAPL',
    'mpirun on our ConnectX-2 nodes warns only half of memory can be registered, nodes have 64 GB',
    'What values of log_mtts_per_seg and log_num_mtt for 128 GB RAM with CentOS 6 OFED?',
    'each mpi job prints dozens of lines from dapl about libdaplcma, how can i switch off that udapl btl',
    'After installing Rocks 6 the compute nodes do not load ib_ipoib / mlx4_ib at start and MPI goes over ethernet',
    'WARNING: It appears that your OpenFabrics subsystem is configured to only allow registering part of your physical memory.  This can cause MPI jobs to run with erratic performance, hang, and/or crash.  Registerable memory: 32768 MiB Total memory: 65498 MiB',
    'Open MPI InfiniBand nur ein Teil des Speichers registrierbar, mlx4 Moduloption',
  ],
  nearMisses: ['mpirun on one laptop with four cores', 'InfiniBand switch firmware list', 'slurm node is drained'],
};
