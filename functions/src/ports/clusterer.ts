/** Rows are dense; a row's length is the number of features. */
export interface ClusterRequest {
  rows: readonly (readonly number[])[]
  k: number
  seed: number
  /** Independent starts; the one with the lowest inertia wins. */
  starts: number
}

export interface Clusters {
  engine: 'ml-kmeans' | 'sparse'
  centroids: number[][]
  labels: number[]
  /** Sum of squared distances to the own centroid. */
  inertia: number
  iterations: number
}

/** Deterministic: the same request gives the same clusters. */
export interface Clusterer {
  cluster(request: ClusterRequest): Clusters
}
