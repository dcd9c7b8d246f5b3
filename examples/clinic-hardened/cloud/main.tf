terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

variable "office_network" {
  type        = string
  description = "Where administrators work"
  default     = "10.20.9.0/24"
}

resource "aws_security_group" "records" {
  name = "records"

  ingress {
    description = "database"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }

  ingress {
    description = "administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.office_network]
  }
}

resource "aws_db_instance" "records" {
  identifier                      = "records"
  engine                          = "postgres"
  engine_version                  = "15.7"
  instance_class                  = "db.t4g.medium"
  allocated_storage               = 100
  username                        = "records"
  manage_master_user_password     = true
  storage_encrypted               = true
  publicly_accessible             = false
  backup_retention_period         = 35
  skip_final_snapshot             = false
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  deletion_protection             = true
  multi_az                        = true
}

resource "aws_s3_bucket" "imaging" {
  bucket = "clinic-imaging-archive"
}

resource "aws_s3_bucket_public_access_block" "imaging" {
  bucket                  = aws_s3_bucket.imaging.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "imaging" {
  bucket = aws_s3_bucket.imaging.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_kms_key" "imaging" {
  description         = "Imaging archive"
  enable_key_rotation = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "imaging" {
  bucket = aws_s3_bucket.imaging.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.imaging.arn
    }
  }
}

resource "aws_s3_bucket_logging" "imaging" {
  bucket        = aws_s3_bucket.imaging.id
  target_bucket = "clinic-access-logs"
  target_prefix = "imaging/"
}

resource "aws_lb_listener" "portal" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/portal/50dc6c495c0c9188"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/8e7c6c1c-2d0b-4c3a-9a51-0e7d7a6e1100"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/portal/6d0ecf831eec9f09"
  }
}

resource "aws_iam_account_password_policy" "staff" {
  minimum_password_length        = 14
  require_symbols                = true
  max_password_age               = 90
  allow_users_to_change_password = true
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  password_reuse_prevention      = 5
}

resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  size              = 200
  encrypted         = true
}
